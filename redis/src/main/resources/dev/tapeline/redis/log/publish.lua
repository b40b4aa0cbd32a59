-- Publishing: many publications of a partition at once.

-- The text of a length, most of which occur again and again.
local lengths = {}

local function length_text(length)
  local text = lengths[length]
  if not text then
    text = format('%d ', length)
    if length < 4096 then
      lengths[length] = text
    end
  end
  return text
end

local function record(top, entry, seq)
  return top.head .. format('%d %d', #entry, seq) .. top.tail .. entry
end

-- Groups publications by channel, in the order of the first of each.
local function by_channel(part, args, from, width)
  local channels, groups = {}, {}
  for at = from, #args, width do
    local channel = args[at]
    local group = groups[channel]
    if group then
      group[#group + 1] = at
    else
      channels[#channels + 1] = channel
      groups[channel] = {at}
      durable_rule(part, channel)
    end
  end
  return channels, groups
end

local function set_all(part, fields)
  for from = 1, #fields, CHUNK do
    call('HSET', part.key, unpack(fields, from, min(#fields, from + CHUNK - 1)))
  end
end

-- Reads where the channels stand, and checks the fence and whether there is room.
local function admit(part, channels, fence)
  local fields = channels
  if fence then
    fields = {unpack(channels, 1, #channels)}
    fields[#fields + 1] = fence.field
  end
  local found = enter(part, fields)
  if fence then
    pass(part, fence, found[fence.field])
    part.adopting = fence.lease == 'adopter:' .. part.number
  end
  local new = 0
  for i = 1, #channels do
    new = new + (found[channels[i]] and 0 or 1)
  end
  if new > 0 and call('HLEN', part.key) + new > MAX_FIELDS then
    fail('FULL %s holds %d channels and leases', part.key, MAX_FIELDS)
  end
  return found
end

-- Logs and broadcasts what stands in the arguments; returns the results by place.
local function publish_all(part, args, from, width, fence)
  local channels, groups = by_channel(part, args, from, width)
  local found = admit(part, channels, fence)
  local results, mirrored = {}, {}
  local written, records, size = {}, {''}, 0
  for i = 1, #channels do
    local channel = channels[i]
    local top = read_top(part, channel, part.known[channel], found[channel])
    local entries, made = append(part, top, groups[channel], args, width, results)
    if #entries > 0 then
      written[#written + 1], written[#written + 2] = channel, write_top(top)
      local at = #records
      for j = 1, #entries do
        local entry = entries[j]
        records[at + 1], records[at + 2] = top.head, length_text(#entry)
        records[at + 3] = made.texts[j]
        records[at + 4], records[at + 5] = top.tail, entry
        at = at + 5
        if top.rule.mirror then
          mirrored[#mirrored + 1] = made.places[j]
        end
      end
      size = size + #entries
    end
  end
  if size > 0 then
    part.n = part.n + 1
    written[#written + 1], written[#written + 2] = '*n', format('%d', part.n)
    set_all(part, written)
    records[1] = header(part, size)
    call(BROADCAST, part.key, concat(records))
    for i = 1, #mirrored do
      call('PUBLISH', part.prefix .. args[mirrored[i]], args[mirrored[i] + 1])
    end
  end
  return results
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
  local item = {args[1], args[2], '0 0', '', ''}
  local fence
  local i = 3
  while i <= #args do
    local option = args[i]:upper()
    if option == 'ID' and args[i + 1] then
      item[4], i = checked_id(args[i + 1]), i + 2
    elseif option == 'VERSION' and args[i + 1] then
      item[5], i = digits(args[i + 1], 'a version'), i + 2
    elseif option == 'FENCE' and args[i + 2] then
      fence, i = fence_of(args[i + 1], args[i + 2]), i + 3
    elseif option == 'STAMPS' and args[i + 2] then
      item[3], i = checked_stamps(args[i + 1], args[i + 2]), i + 3
    else
      fail("ERR '%s' is no option, or lacks its value: ID key, VERSION n, FENCE lease token,"
        .. ' STAMPS exchange ingest', args[i])
    end
  end
  local epoch, seq, rest = publish_all(part, item, 1, 5, fence)[1]:match('^(%S+) (%d+) ?(.*)$')
  return {epoch, tonumber(seq), rest ~= '' and rest or nil}
end

-- Checks what comes with a channel and a payload.
local function check_more(args, from, width)
  for at = from, #args, width do
    local stamps = args[at + 2]
    if #stamps > 39 or not stamps:find('^%d+ %d+$') then
      fail("ERR the stamps of '%s' must be two numbers, not '%s'", args[at], stamps)
    end
    if width == 5 then
      if args[at + 3] ~= '' then
        checked_id(args[at + 3])
      end
      if args[at + 4] ~= '' then
        args[at + 4] = digits(args[at + 4], 'a version')
      end
    end
  end
end

-- [FENCE lease token] WIDTH, then WIDTH arguments for each publication: CHANNEL PAYLOAD, from width
-- 3 on '<exchange> <ingest>', from width 5 on ID VERSION (empty for none)
-- -> for each '<epoch> <seq>', followed by ' repeated' or ' outdated' if so
local function publish_many(keys, args)
  local part = partition(keys)
  local fence
  local from = 1
  if args[1] == 'FENCE' then
    fence, from = fence_of(args[2], args[3]), 4
  end
  local width = tonumber(args[from])
  local size = #args - from
  if (width ~= 2 and width ~= 3 and width ~= 5) or size % width ~= 0 or size == 0
      or size / width > MAX_BATCH then
    fail("ERR give [FENCE lease token] WIDTH and 1 to %d times WIDTH arguments: 2 for CHANNEL"
      .. " PAYLOAD, 3 with '<exchange> <ingest>', 5 with ID VERSION; not a width of '%s' and %d"
      .. ' arguments', MAX_BATCH, tostring(args[from]), size)
  end
  if width > 2 then
    check_more(args, from + 1, width)
  end
  local placed = publish_all(part, args, from + 1, width, fence)
  local results = {}
  for at = from + 1, #args, width do
    results[#results + 1] = placed[at]
  end
  return results
end

-- FENCE lease token, then CHANNEL PAYLOAD of each message: plain PUBLISH, refused to one who has
-- lost the lease -> how many
local function send(keys, args)
  local part = partition(keys)
  if args[1] ~= 'FENCE' or #args < 5 or #args % 2 == 0 then
    fail('ERR give FENCE lease token, then CHANNEL PAYLOAD of each message')
  end
  local fence = fence_of(args[2], args[3])
  for i = 4, #args, 2 do
    if rule_of(part, args[i]) then
      fail("ERR '%s' has a log: use tapeline_publish", args[i])
    end
  end
  pass(part, fence, enter(part, {fence.field})[fence.field])
  for i = 4, #args, 2 do
    call('PUBLISH', part.prefix .. args[i], args[i + 1])
  end
  return (#args - 3) / 2
end

-- LEASE TOKEN: from here on older tokens are refused -> OK
local function fence(keys, args)
  local part = partition(keys)
  local proof = fence_of(args[1], args[2])
  pass(part, proof, enter(part, {proof.field})[proof.field])
  return redis.status_reply('OK')
end
