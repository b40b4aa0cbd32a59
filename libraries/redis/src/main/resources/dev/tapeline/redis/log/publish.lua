-- Publishing: publications on channels of one partition.

local function write_all(part)
  for from = 1, fields_written, CHUNK do
    call('HSET', part.key, unpack(written, from, min(fields_written, from + CHUNK - 1)))
  end
end

-- Reads the tops of the channels, and checks the fence and whether there is room for new channels.
local function admit(part, channels, fence)
  local fields = channels
  if fence then
    fields = {unpack(channels, 1, #channels)}
    fields[#fields + 1] = fence.field
  end
  local values = enter(part, fields)
  if fence then
    pass(part, fence, values[OWN + #fields])
    part.adopting = fence.lease == 'adopter:' .. part.number
  end
  local new = 0
  for i = 1, #channels do
    if not values[OWN + i] then
      new = new + 1
    end
  end
  if new > 0 and call('HLEN', part.key) + new > MAX_FIELDS then
    fail('FULL %s holds %d channels and leases', part.key, MAX_FIELDS)
  end
  return values
end

-- Publishes plainly what was logged of a channel: the payloads, which follow the first lines.
local function mirror(part, channel, before)
  for i = before + 1, numbered do
    local entry = entries[i]
    call('PUBLISH', part.prefix .. channel, entry:sub(entry:find('\n', 1, true) + 1))
  end
end

-- Logs and broadcasts groups: their channels, the argument indices before their publications, and
-- their counts. The notes are a table if publications may have keys or versions, else nil.
local function publish_all(part, args, channels, places, counts, fence, notes)
  begin_batch()
  local values = admit(part, channels, fence)
  for i = 1, #channels do
    local channel, before = channels[i], numbered
    local top = read_top(part, channel, part.known[channel], values[OWN + i])
    append(part, top, args, places[i], counts[i], notes)
    if top.rule.mirror then
      mirror(part, channel, before)
    end
  end
  if numbered > 0 then
    broadcast(part)
    written[fields_written + 1], written[fields_written + 2] = '*n', format('%d', part.n)
    fields_written = fields_written + 2
    write_all(part)
  end
end

local function checked_id(id)
  if #id == 0 or #id > MAX_ID then
    fail('ERR an idempotency key has 1 to %d bytes, not %d', MAX_ID, #id)
  end
  return id
end

local function checked_stamps(exchange, ingest)
  return digits(exchange, 'the stamp of the exchange') .. ' ' .. digits(ingest, 'the ingest stamp')
end

-- CHANNEL PAYLOAD [ID key] [VERSION n] [FENCE lease token] [STAMPS exchange ingest]
-- -> [epoch, seq], [epoch, seq, 'repeated'] or [epoch, seq, 'outdated']
local function publish(keys, args)
  local part = partition(keys)
  if #args < 2 then
    fail('ERR give CHANNEL PAYLOAD [ID key] [VERSION n] [FENCE lease token]'
      .. ' [STAMPS exchange ingest]')
  end
  local id, version, stamps = '', '', '0 0'
  local fence
  local i = 3
  while i <= #args do
    local option = args[i]:upper()
    if option == 'ID' and args[i + 1] then
      id, i = checked_id(args[i + 1]), i + 2
    elseif option == 'VERSION' and args[i + 1] then
      version, i = digits(args[i + 1], 'a version'), i + 2
    elseif option == 'FENCE' and args[i + 2] then
      fence, i = fence_of(args[i + 1], args[i + 2]), i + 3
    elseif option == 'STAMPS' and args[i + 2] then
      stamps, i = checked_stamps(args[i + 1], args[i + 2]), i + 3
    else
      fail("ERR '%s' is no option, or lacks its value: ID key, VERSION n, FENCE lease token,"
        .. ' STAMPS exchange ingest', args[i])
    end
  end
  durable_rule(part, args[1])
  local notes = (id ~= '' or version ~= '') and {} or nil
  local item = {stamps .. '\n' .. args[2], id, version}
  publish_all(part, item, {args[1]}, {0}, {1}, fence, notes)
  if not notes then
    local top = part.tops[args[1]]
    return {part.epoch .. top.mark, top.seq}
  end
  local epoch, seq, rest = notes[1]:match('^(%S+) (%d+) ?(.*)$')
  return {epoch, tonumber(seq), rest ~= '' and rest or nil}
end

-- Checks the arguments of a group.
local function check(args, from, to, width)
  for at = from, to, width do
    local _, last = find(args[at], '^%d+ %d+\n')
    if not last or last > 40 then
      fail("ERR a body begins with a line '<exchange> <ingest>', not '%s'", args[at]:sub(1, 40))
    end
    if width == 3 then
      if args[at + 1] ~= '' then
        checked_id(args[at + 1])
      end
      if args[at + 2] ~= '' then
        args[at + 2] = digits(args[at + 2], 'a version')
      end
    end
  end
end

-- The channels of the groups, the argument indices before their publications, and their counts.
local function groups_of(part, args, from, width)
  local channels, places, counts, known, total = {}, {}, {}, {}, 0
  local at, last = from, #args
  while at <= last do
    local channel, count = args[at], tonumber(args[at + 1]) or 0
    local next_at = at + 2 + count * width
    total = total + count
    if count < 1 or count % 1 ~= 0 or total > MAX_BATCH or next_at > last + 1 then
      fail('ERR give of each channel CHANNEL COUNT and COUNT publications, of %d arguments each;'
        .. ' %d at most in all', width, MAX_BATCH)
    end
    durable_rule(part, channel)
    if known[channel] then
      fail("ERR '%s' comes twice: give what is for a channel together", channel)
    end
    check(args, at + 2, next_at - 1, width)
    local size = #channels + 1
    channels[size], places[size], counts[size], known[channel] = channel, at + 1, count, true
    at = next_at
  end
  return channels, places, counts
end

-- [FENCE lease token] WIDTH, then for each channel CHANNEL COUNT and COUNT publications of WIDTH
-- arguments each. Width 1: a body, which is a line '<exchange> <ingest>' and the payload. Width 3:
-- a body, ID and VERSION (empty for none)
-- -> width 1: for each channel '<epoch> <seq>' of its newest publication. Width 3: for each
-- publication '<epoch> <seq>', followed by ' repeated' or ' outdated' if it was not logged
local function publish_many(keys, args)
  local part = partition(keys)
  local fence
  local from = 1
  if args[1] == 'FENCE' then
    fence, from = fence_of(args[2], args[3]), 4
  end
  local width = tonumber(args[from])
  if (width ~= 1 and width ~= 3) or #args == from then
    fail("ERR give [FENCE lease token] WIDTH and publications; WIDTH is 1 or 3, not '%s'",
      tostring(args[from]))
  end
  local channels, places, counts = groups_of(part, args, from + 1, width)
  local notes = width == 3 and {} or nil
  publish_all(part, args, channels, places, counts, fence, notes)
  local results = {}
  for i = 1, #channels do
    if notes then
      for place = places[i] + 1, places[i] + counts[i] * width, width do
        results[#results + 1] = notes[place]
      end
    else
      local top = part.tops[channels[i]]
      results[i] = part.epoch .. top.mark .. ' ' .. top.last
    end
  end
  return results
end

-- FENCE lease token, then CHANNEL PAYLOAD for each message: plain PUBLISH, refused to former
-- holders of the lease -> the number of messages
local function send(keys, args)
  local part = partition(keys)
  local size = #args
  if args[1] ~= 'FENCE' or size < 5 or size % 2 == 0 then
    fail('ERR give FENCE lease token, then CHANNEL PAYLOAD of each message')
  end
  local known, prefix = part.known, part.prefix
  for i = 4, size, 2 do
    if known[args[i]] ~= false and rule_of(part, args[i]) then
      fail("ERR '%s' has a log: use tapeline_publish", args[i])
    end
  end
  -- The fast path: the token is the newest one, and nothing else of the partition is needed.
  if call('HGET', part.key, FENCE .. args[2]) ~= args[3] then
    local fence = fence_of(args[2], args[3])
    pass(part, fence, enter(part, {fence.field})[OWN + 1])
  end
  for i = 4, size, 2 do
    call('PUBLISH', prefix .. args[i], args[i + 1])
  end
  return (size - 3) / 2
end

-- LEASE TOKEN: refuses older tokens from here on -> OK
local function fence(keys, args)
  local part = partition(keys)
  local proof = fence_of(args[1], args[2])
  pass(part, proof, enter(part, {proof.field})[OWN + 1])
  return redis.status_reply('OK')
end
