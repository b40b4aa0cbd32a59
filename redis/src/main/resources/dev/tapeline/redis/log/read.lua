-- Reading logs, for clients and for gateways.

-- Where a channel stands, with a log that is within its bounds and whole.
local function stand(part, channel)
  local rule = durable_rule(part, channel)
  local top = read_top(part, channel, rule, enter(part, {channel})[channel])
  if top.new then
    top.stale = false
    return top
  end
  local before = write_top(top)
  local was_stale = top.stale
  sweep(part, top)
  local length = call('LLEN', log_key(part, channel))
  if length ~= top.kept then
    if length == 0 and is_past(part, top) then
      top.kept, top.bytes = 0, 0
    else
      restart(part, top, top.adopted, tostring(part.n + 1))
      announce(part)
    end
  elseif top.kept > rule.length or top.bytes > rule.bytes
      or (top.kept > 0 and millis_of(call('LINDEX', log_key(part, channel), 0))
        <= part.now - rule.millis) then
    tidy(part, top)
  end
  local after = write_top(top)
  if was_stale or after ~= before then
    call('HSET', part.key, channel, after)
  end
  return top
end

local function extract(part, top, skip, limit)
  local result = {part.epoch .. top.mark, top.seq, top.seq - top.kept + 1}
  if limit > 0 and skip < top.kept then
    local entries = call('LRANGE', log_key(part, top.channel), skip, skip + limit - 1)
    for i = 1, #entries do
      result[3 + i] = entries[i]
    end
  end
  return result
end

-- CHANNEL AFTER LIMIT -> [epoch, seq, oldest seq, entries...]
local function read(keys, args)
  local part = partition(keys)
  if #args ~= 3 then
    fail('ERR give CHANNEL AFTER LIMIT')
  end
  local after = tonumber(digits(args[2], 'AFTER'))
  local limit = count(args[3], 'LIMIT', MAX_READ)
  local top = stand(part, args[1])
  return extract(part, top, max(0, after - (top.seq - top.kept)), limit)
end

-- CHANNEL MILLIS LIMIT -> [epoch, seq, oldest seq, entries...]
local function read_since(keys, args)
  local part = partition(keys)
  if #args ~= 3 then
    fail('ERR give CHANNEL MILLIS LIMIT')
  end
  local millis = tonumber(digits(args[2], 'MILLIS'))
  local limit = count(args[3], 'LIMIT', MAX_READ)
  local top = stand(part, args[1])
  local low, high = 0, top.kept
  while low < high do
    local middle = floor((low + high) / 2)
    if millis_of(call('LINDEX', log_key(part, top.channel), middle)) < millis then
      low = middle + 1
    else
      high = middle
    end
  end
  return extract(part, top, low, limit)
end

-- What follows answers gateways, in the form of a broadcast: a header line '1 <n> <epoch> <token of
-- the adopter> <records>', and of each record a line '<bytes of the channel> <bytes of the entry>
-- <seq> <what the channel's epoch has after the partition's, or ->' and both.

-- -> the header alone
local function pulse(keys)
  local part = partition(keys)
  enter(part, {})
  return header(part, 0)
end

-- [CHANNEL...] -> where these channels stand, with their newest entries; without names where all
-- stand, without entries
local function tops(keys, args)
  local part = partition(keys)
  local records = {''}
  if #args > 0 then
    for i = 1, #args do
      local top = stand(part, args[i])
      local newest = top.kept > 0 and call('LINDEX', log_key(part, args[i]), -1) or ''
      records[i + 1] = record(top, newest, top.seq)
    end
  else
    enter(part, {})
    local fields = call('HGETALL', part.key)
    for i = 1, #fields, 2 do
      if fields[i]:byte() ~= 42 then -- '*'
        local top = read_top(part, fields[i], false, fields[i + 1])
        records[#records + 1] = record(top, '', top.seq)
      end
    end
  end
  records[1] = header(part, #records - 1)
  return table.concat(records)
end

-- CHANNEL EPOCH AFTER -> what one who holds the channel up to there has missed, as far as it is
-- there: a record of the position before it, whose entry is the number of the newest, then the
-- publications
local function missed(keys, args)
  local part = partition(keys)
  local top = stand(part, args[1])
  local from = top.seq - top.kept
  if args[2] == part.epoch .. top.mark then
    from = max(from, min(tonumber(digits(args[3], 'AFTER')), top.seq))
  end
  local entries = {}
  if from < top.seq then
    local first = from - top.seq -- counted from the newest, which is -1
    entries = call('LRANGE', log_key(part, args[1]), first, min(-1, first + CHUNK - 1))
  end
  local records = {'', record(top, tostring(top.seq), from)}
  local bytes = 0
  for i = 1, #entries do
    bytes = bytes + #entries[i]
    if i > 1 and bytes > MAX_READ_BYTES then
      break
    end
    records[i + 2] = record(top, entries[i], from + i)
  end
  records[1] = header(part, #records - 1)
  return table.concat(records)
end
