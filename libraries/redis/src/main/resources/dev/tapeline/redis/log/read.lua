-- Reading logs, for clients and for gateways.

-- The top of a channel, after its log was checked for losses and trimmed to its bounds.
local function stand(part, channel)
  local rule = durable_rule(part, channel)
  local top = read_top(part, channel, rule, enter(part, {channel})[OWN + 1])
  if top.new then
    top.stale = false
    return top
  end
  local before = write_top(top)
  local was_stale = top.stale
  sweep(part, top)
  local length = call('LLEN', top.key)
  if length ~= top.kept then
    if length == 0 and is_past(part, top) then
      top.kept, top.bytes = 0, 0
    else
      restart(part, top, top.adopted, tostring(part.n + 1))
      announce(part)
    end
  elseif top.kept > rule.length or top.bytes > rule.bytes
      or (top.kept > 0 and millis_of(call('LINDEX', top.key, 0))
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
    local entries = call('LRANGE', top.key, skip, skip + limit - 1)
    for i = 1, #entries do
      result[3 + i] = entries[i]
    end
  end
  return result
end

-- Parses a call that reads: returns its partition, the top of the channel, the start and the limit.
local function reading(keys, args, from)
  local part = partition(keys)
  if #args ~= 3 then
    fail('ERR give CHANNEL %s LIMIT', from)
  end
  local number = tonumber(digits(args[2], from))
  local limit = count_of(args[3], 'LIMIT', MAX_READ)
  return part, stand(part, args[1]), number, limit
end

-- CHANNEL AFTER LIMIT -> [epoch, seq, oldest seq, entries...]
local function read(keys, args)
  local part, top, after, limit = reading(keys, args, 'AFTER')
  return extract(part, top, max(0, after - (top.seq - top.kept)), limit)
end

-- CHANNEL MILLIS LIMIT -> [epoch, seq, oldest seq, entries...]
local function read_since(keys, args)
  local part, top, millis, limit = reading(keys, args, 'MILLIS')
  local low, high = 0, top.kept
  while low < high do
    local middle = floor((low + high) / 2)
    if millis_of(call('LINDEX', top.key, middle)) < millis then
      low = middle + 1
    else
      high = middle
    end
  end
  return extract(part, top, low, limit)
end

-- The functions below answer gateways in the form of a broadcast.

-- -> the header alone
local function pulse(keys)
  local part = partition(keys)
  enter(part, {})
  return header(part)
end

-- The newest entry of a channel; empty if the log does not hold it any more.
local function newest_of(part, channel, top)
  local rule = rule_of(part, channel)
  local entry = rule and top.seq > 0 and call('LINDEX', top.key, -1)
  if entry and entry:match('^%d+') == format('%d', top.seq)
      and millis_of(entry) > part.now - rule.millis then
    return entry
  end
  return ''
end

local function matches_any(patterns, name)
  for i = 1, #patterns do
    if matches(patterns[i], name) then
      return true
    end
  end
  return false
end

-- CHANNEL... -> the tops of these channels with their newest entries
-- [PATTERN...] -> the tops of all channels, with the newest entries of those that match, up to a
-- number of entries and bytes
local function tops(keys, args)
  local part = partition(keys)
  begin_broadcast()
  if #args > 0 and not args[1]:find('*', 1, true) then
    for i = 1, #args do
      local top = stand(part, args[i])
      local newest = top.kept > 0 and call('LINDEX', top.key, -1) or ''
      add_group(top, format('%d', top.seq), {newest}, 1, 1)
    end
  else
    enter(part, {})
    local fields = call('HGETALL', part.key)
    local bytes, entries = MAX_READ_BYTES, #args > 0 and MAX_READ or 0
    for i = 1, #fields, 2 do
      if fields[i]:byte() ~= 42 then -- '*'
        local top = read_top(part, fields[i], false, fields[i + 1])
        local newest = ''
        if bytes > 0 and entries > 0 and matches_any(args, fields[i]) then
          newest = newest_of(part, fields[i], top)
          bytes, entries = bytes - #newest, entries - 1
        end
        add_group(top, format('%d', top.seq), {newest}, 1, 1)
      end
    end
  end
  return encode_broadcast(part)
end

-- CHANNEL EPOCH AFTER -> the publications after that position, as far as the log holds them. The
-- first item is the position before them; its entry is the number of the newest publication
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
    entries = call('LRANGE', top.key, first, min(-1, first + CHUNK - 1))
  end
  local told, bytes = {format('%d', top.seq)}, 0
  for i = 1, #entries do
    bytes = bytes + #entries[i]
    if i > 1 and bytes > MAX_READ_BYTES then
      break
    end
    told[i + 1] = entries[i]
  end
  begin_broadcast()
  add_group(top, format('%d', from + #told - 1), told, 1, #told)
  return encode_broadcast(part)
end
