-- The logs of durable channels: numbers, keeps and broadcasts publications, in one call.
--
-- One source for two forms. As a function library, what a call learns (the rules of a channel, the
-- identity of the server) stays for the next one; as a script, which runs from its first line each
-- time, it is found out again. The program puts lines in front of this text that define
--   SPACES     by key prefix, the rules {pattern, length, seconds, bytes, 'adopt' or 'mirror'}
--   BROADCAST  'PUBLISH', or 'SPUBLISH' in a cluster
-- and, behind it, the registration of the functions or the call of one.
--
-- Keys of partition P, after the prefix (docs/redis.md describes what they hold):
--   tapeline:{P}                  hash: the partition's own fields, which begin with '*' as no
--                                 channel's name can, and of each channel where it stands
--   tapeline:{P}:log:<channel>    list: the newest publications, the oldest first
--   tapeline:{P}:ids:<channel>    hash: idempotency key -> '<seq> <ms>'
--   tapeline:{P}:idq:<channel>    list: '<seq> <idempotency key>', the oldest first

local PARTITIONS = 16
local MAX_FIELDS = 65536      -- of a partition's hash: channels and leases
local MAX_KNOWN = 8192        -- channels of a partition whose rule is remembered
local MAX_BATCH = 10000       -- publications of a call
local MAX_READ = 10000        -- publications of an answer
local MAX_READ_BYTES = 1048576
local MAX_ID = 200 * 4        -- bytes
local IDS_KEPT = 10000
local IDS_MILLIS = 120000
local CHUNK = 1000            -- arguments or entries at a time: Lua's stack is limited

-- Set by the first call, as none of it is there yet while a library is loaded.
local call, floor, max, min, pack, format, concat

local function fail(text, ...)
  error({refusal = format(text, ...)}, 0)
end

-- Numbers beyond 2^53, such as tokens and versions, stay text: digits without leading zeros.

local function digits(text, what)
  if not text or not text:find('^%d+$') or #text > 19 then
    fail("ERR %s must be a number of at most 19 digits, not '%s'", what, tostring(text))
  end
  return text:match('^0*(%d+)$')
end

local function higher(a, b)
  if #a ~= #b then
    return #a > #b
  end
  return a > b
end

local function count(text, what, most)
  local number = tonumber(digits(text, what))
  if number > most then
    fail("ERR %s must be %d at most, not '%s'", what, most, text)
  end
  return number
end

-- Names and rules ---------------------------------------------------------------------------

local NIBBLES = {
  [0] = 0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7,
  0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad, 0xe1ce, 0xf1ef,
}

-- CRC16 as Redis Cluster's (XMODEM), modulo the number of partitions.
local function partition_of(channel)
  local band, bxor, lshift, rshift = bit.band, bit.bxor, bit.lshift, bit.rshift
  local crc = 0
  for i = 1, #channel do
    local byte = channel:byte(i)
    local high = bxor(rshift(crc, 12), rshift(byte, 4))
    crc = bxor(band(lshift(crc, 4), 0xffff), NIBBLES[high])
    local low = bxor(rshift(crc, 12), band(byte, 15))
    crc = bxor(band(lshift(crc, 4), 0xffff), NIBBLES[low])
  end
  return crc % PARTITIONS
end

-- As Names of the core: 1 to 200 UTF-16 units of valid UTF-8, without control characters and what
-- has a meaning in patterns.
local function check_name(channel)
  local ascii = channel
    :gsub('[\194-\223][\128-\191]', 'x')
    :gsub('[\224-\239][\128-\191][\128-\191]', 'x')
    :gsub('[\240-\244][\128-\191][\128-\191][\128-\191]', 'xx')
  if #channel == 0 or #ascii > 200
      or channel:find('[%c%*%?%[%]\\]')                              -- ASCII
      or channel:find('\194[\128-\159]') or channel:find('\226\128[\168\169]') -- other controls
      or ascii:find('[\128-\255]') or channel:find('\237[\160-\191]')    -- no UTF-8
      or channel:find('\224[\128-\159]') or channel:find('\240[\128-\143]') then
    fail("ERR no channel can have the name '%s'", channel:gsub('%c', '?'))
  end
end

-- Whether a name matches a pattern in which each '*' is any run of characters.
local function matches(pattern, name)
  local star = pattern:find('*', 1, true)
  if not star then
    return pattern == name
  end
  if name:sub(1, star - 1) ~= pattern:sub(1, star - 1) then
    return false
  end
  local at = star                  -- in the name, what is not matched yet
  local from = star + 1            -- in the pattern, after the last star
  while true do
    local next_star = pattern:find('*', from, true)
    if not next_star then
      local tail = pattern:sub(from)
      return #name - at + 1 >= #tail and name:sub(#name - #tail + 1) == tail
    end
    local _, last = name:find(pattern:sub(from, next_star - 1), at, true)
    if next_star > from then
      if not last then
        return false
      end
      at = last + 1
    end
    from = next_star + 1
  end
end

local function rule_for(space, channel)
  for _, rule in ipairs(space.rules) do
    if matches(rule[1], channel) then
      return {
        length = rule[2], millis = rule[3] * 1000, bytes = rule[4], mirror = rule[5] == 'mirror',
        length_slack = floor(rule[2] / 8), bytes_slack = floor(rule[4] / 8),
      }
    end
  end
  return false
end

-- The rule of a channel, false if it is plain.
local function rule_of(part, channel)
  local rule = part.known[channel]
  if rule == nil then
    check_name(channel)
    local right = partition_of(channel)
    if right ~= part.number then
      fail("PARTITION %d is the partition of '%s', not %d: use the key %stapeline:{%d}", right,
        channel, part.number, part.prefix, right)
    end
    if part.size >= MAX_KNOWN then
      part.known, part.tops, part.size = {}, {}, 0
    end
    rule = rule_for(SPACES[part.prefix], channel)
    part.known[channel], part.size = rule, part.size + 1
  end
  return rule
end

local function durable_rule(part, channel)
  local rule = rule_of(part, channel)
  if not rule then
    fail("NOTDURABLE '%s' is a plain channel: no rule gives it a log; use PUBLISH", channel)
  end
  return rule
end

local parts = {}

-- A partition by the key that a call names; nothing of it is read yet.
local function partition(keys)
  local key = keys[1]
  local part = key and parts[key]
  if part then
    part.adopting = false
    return part
  end
  local prefix, digits = (key or ''):match('^(.*)tapeline:{(%d%d?)}$')
  local number = tonumber(digits)
  if #keys ~= 1 or not number or number >= PARTITIONS or tostring(number) ~= digits then
    fail("ERR give one key, tapeline:{P} with P from 0 to %d, not '%s'", PARTITIONS - 1,
      tostring(key))
  end
  if not SPACES[prefix] then
    fail("NORULES are loaded for keys that begin with '%s'", prefix)
  end
  parts[key] = {
    key = key, prefix = prefix, number = number, log = key .. ':log:',
    fence = '*fence:adopter:' .. number, known = {}, tops = {}, size = 0,
  }
  return parts[key]
end

-- A partition's life ------------------------------------------------------------------------

local home

-- What tells one life of the data from another: a new one after each restart, restore and
-- failover. The server's run_id would not do: after two failovers a server may serve again, as the
-- same process, data that it was given by the other one.
local function server_home()
  local info = call('INFO', 'replication')
  return info:match('master_replid:(%x+)') or fail('ERR INFO replication holds no master_replid')
end

local BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz'

local function base36(number)
  local text = ''
  repeat
    local digit = number % 36
    text = BASE36:sub(digit + 1, digit + 1) .. text
    number = (number - digit) / 36
  until number == 0
  return text
end

-- Longer than the values of a hash that Redis keeps as a list, in which each field is searched for.
local ABOUT = 'Where the channels of this partition stand; written by the functions tapeline_* only'

-- Begins an epoch: all channels stand at 0. What fences tell stays as far as it is there.
local function renew(part)
  local fields = call('HGETALL', part.key)
  local kept = {'*about', ABOUT, '*home', home, '*n', '0'}
  part.epoch = base36(part.micros) .. home:sub(1, 3)
  part.n = 0
  kept[#kept + 1], kept[#kept + 2] = '*epoch', part.epoch
  for i = 1, #fields, 2 do
    if fields[i]:find('^%*fence:') then
      kept[#kept + 1], kept[#kept + 2] = fields[i], fields[i + 1]
    end
  end
  call('DEL', part.key)
  call('HSET', part.key, unpack(kept))
end

local function clock(part)
  local time = call('TIME')
  part.micros = time[1] * 1000000 + time[2]
  part.now = floor(part.micros / 1000)
  part.now_text = format('%d', part.now)
end

-- Reads a partition's own fields and those of channels and leases, as many as are named.
local function enter(part, fields)
  clock(part)
  local values = call('HMGET', part.key, '*home', '*epoch', '*n', part.fence,
    unpack(fields, 1, min(#fields, CHUNK)))
  for from = CHUNK + 1, #fields, CHUNK do
    local more = call('HMGET', part.key, unpack(fields, from, min(#fields, from + CHUNK - 1)))
    for i = 1, #more do
      values[#values + 1] = more[i]
    end
  end
  if not home or values[1] ~= home then
    home = server_home()
  end
  part.adopter = values[4] or '0'
  if values[1] ~= home or not values[2] or not values[3] then
    renew(part)
    for i = 1, #fields do
      if fields[i]:byte() ~= 42 then -- '*'
        values[4 + i] = false
      end
    end
  else
    part.epoch, part.n = values[2], tonumber(values[3])
  end
  local found = {}
  for i = 1, #fields do
    found[fields[i]] = values[4 + i] or nil
  end
  return found
end

local function header(part, size)
  return '1 ' .. part.n .. ' ' .. part.epoch .. ' ' .. part.adopter .. ' ' .. size .. '\n'
end

-- Tells the gateways that channels stand elsewhere, without publications.
local function announce(part)
  part.n = part.n + 1
  call('HSET', part.key, '*n', part.n)
  call(BROADCAST, part.key, header(part, 0))
end

-- The tokens of leases ----------------------------------------------------------------------

local function fence_field(lease)
  if not lease or #lease == 0 or #lease > MAX_ID or lease:find('%c') then
    fail("ERR a lease has a name of 1 to %d bytes without control characters, not '%s'", MAX_ID,
      tostring(lease))
  end
  return '*fence:' .. lease
end

-- Whether a token is the newest; a newer one is kept, an older one refused.
local function pass(part, fence, seen)
  if seen and higher(seen, fence.token) then
    fail('FENCED %s is the token of %s, %s is too old', seen, fence.lease, fence.token)
  end
  if seen == fence.token then
    return
  end
  if not seen and call('HLEN', part.key) >= MAX_FIELDS then
    fail('FULL %s holds %d channels and leases', part.key, MAX_FIELDS)
  end
  call('HSET', part.key, fence.field, fence.token)
  if fence.lease == 'adopter:' .. part.number then
    part.adopter = fence.token
    announce(part)
  end
end

local function fence_of(lease, token)
  local fence = {lease = lease, field = fence_field(lease), token = digits(token, 'a token')}
  if fence.token == '0' then
    fail('ERR a token is 1 or more, not 0')
  end
  return fence
end

-- Where channels stand ----------------------------------------------------------------------

local TOP = '<dddddds'
-- seq       number of the newest publication
-- millis    when it was logged
-- kept      how many publications the log holds
-- bytes     and how many bytes they have together
-- due       when the log expires, ms
-- checked   when it was last looked through for what is too old, ms
-- then, as text: '<version> <token of the adopter> <broadcast at which the log was found lost>'

local function mark_of(top)
  top.mark = (top.adopted ~= '0' and '.a' .. top.adopted or '')
    .. (top.lost ~= '0' and '.e' .. top.lost or '')
  top.tail = ' ' .. (top.mark == '' and '-' or top.mark) .. '\n' .. top.channel
end

local function read_top(part, channel, rule, raw)
  local top = part.tops[channel]
  if top and raw and top.raw == raw and top.adopted == '0' then
    return top -- as the last call left it
  end
  top = {
    channel = channel, rule = rule, head = format('%d ', #channel), tail = '', mark = '',
    seq = 0, millis = 0, kept = 0, bytes = 0, due = 0, checked = 0, raw = raw,
    version = '0', adopted = '0', lost = '0', stale = not raw, new = not raw,
  }
  if raw then
    local rest
    top.seq, top.millis, top.kept, top.bytes, top.due, top.checked, rest = struct.unpack(TOP, raw)
    top.version, top.adopted, top.lost = rest:match('^(%d+) (%d+) (%d+)$')
    if top.adopted ~= '0' and top.adopted ~= part.adopter then
      -- Another node adopts now: what came between the two is lost.
      top.stale, top.seq, top.kept, top.bytes, top.version = true, 0, 0, 0, '0'
      top.adopted, top.lost = part.adopter, '0'
    end
  end
  mark_of(top)
  if rule then
    part.tops[channel] = top
  end
  return top
end

local function write_top(top)
  local rest = '0 0 0'
  if top.mark ~= '' or top.version ~= '0' then
    rest = top.version .. ' ' .. top.adopted .. ' ' .. top.lost
  end
  top.new = false
  top.raw = pack(TOP, top.seq, top.millis, top.kept, top.bytes, top.due, top.checked, rest)
  return top.raw
end

local function log_key(part, channel)
  return part.log .. channel
end

-- Deletes what is left of an epoch that is over.
local function sweep(part, top)
  if top.stale then
    call('UNLINK', log_key(part, top.channel), part.key .. ':ids:' .. top.channel,
      part.key .. ':idq:' .. top.channel)
    top.stale = false
  end
end

-- Begins an epoch of one channel.
local function restart(part, top, adopted, lost)
  top.seq, top.kept, top.bytes, top.version = 0, 0, 0, '0'
  top.adopted, top.lost, top.stale = adopted, lost, true
  mark_of(top)
  sweep(part, top)
end

-- Whether everything that the log held is too old, so that its absence is no loss.
local function is_past(part, top)
  return part.now >= top.millis + top.rule.millis
end

local function millis_of(entry)
  return tonumber(entry:match('^%d+ (%d+)'))
end

-- Takes from a log what exceeds its bounds.
local function tidy(part, top)
  local rule = top.rule
  local key = log_key(part, top.channel)
  local cutoff = part.now - rule.millis
  local gone = 0
  top.checked = part.now
  while gone < top.kept do
    local entries = call('LRANGE', key, gone, gone + 63)
    for i = 1, #entries do
      local left = top.kept - gone
      local excess = left > rule.length or (top.bytes > rule.bytes and left > 1)
      if not excess and millis_of(entries[i]) > cutoff then
        entries = {}
        break
      end
      top.bytes, gone = top.bytes - #entries[i], gone + 1
    end
    if #entries == 0 then
      break
    end
  end
  if gone > 0 then
    call('LTRIM', key, gone, -1)
    top.kept = top.kept - gone
  end
end

-- Trims a log when it is an eighth above its bounds, and prolongs its life.
local function upkeep(part, top, fresh)
  local rule = top.rule
  if top.kept > rule.length + rule.length_slack or top.bytes > rule.bytes + rule.bytes_slack
      or part.now - top.checked > rule.millis / 8 then
    tidy(part, top)
  end
  if fresh or top.due < part.now + rule.millis then
    top.due = floor(part.now + rule.millis * 1.25)
    call('PEXPIRE', log_key(part, top.channel), top.due - part.now)
  end
end

-- Publishing --------------------------------------------------------------------------------

-- What idempotency keys a channel has seen.
local function first_of(part, top, id)
  local kept = call('HGET', part.key .. ':ids:' .. top.channel, id)
  if kept then
    local seq, millis = kept:match('^(%d+) (%d+)$')
    if part.now - millis < IDS_MILLIS then
      return seq
    end
  end
end

local function keep_id(part, top, id, seq)
  local ids, queue = part.key .. ':ids:' .. top.channel, part.key .. ':idq:' .. top.channel
  call('HSET', ids, id, seq .. ' ' .. part.now_text)
  local size = call('RPUSH', queue, seq .. ' ' .. id)
  call('PEXPIRE', ids, IDS_MILLIS)
  call('PEXPIRE', queue, IDS_MILLIS)
  if size > IDS_KEPT then
    local first, oldest = call('LPOP', queue):match('^(%d+) (.*)$')
    local kept = call('HGET', ids, oldest)
    if kept and kept:match('^%d+') == first then
      call('HDEL', ids, oldest)
    end
  end
end

-- What is to be published stands in `args`, `width` arguments for each publication: channel,
-- payload, '<exchange> <ingest>', key, version, as far as the width goes. A group is the places of
-- one channel's publications.

-- Numbers what is to be logged of a channel: its entries and their places, and where it stands
-- then.
local function number(part, top, group, args, width, results)
  local entries, places, texts, seen = {}, {}, {}, nil
  local epoch = part.epoch .. top.mark .. ' '
  local seq, version, bytes = top.seq, top.version, 0
  local millis = max(part.now, top.millis)
  local stamp = ' ' .. (millis == part.now and part.now_text or format('%d', millis)) .. ' '
  for i = 1, #group do
    local at = group[i]
    local id = width == 5 and args[at + 3] or ''
    local newer = width == 5 and args[at + 4] or ''
    local first = id ~= '' and ((seen and seen[id]) or first_of(part, top, id))
    if first then
      results[at] = epoch .. first .. ' repeated'
    elseif newer ~= '' and not higher(newer, version) then
      results[at] = epoch .. format('%d', seq) .. ' outdated'
    else
      seq = seq + 1
      local text = format('%d', seq)
      local entry = text .. stamp .. (width > 2 and args[at + 2] or '0 0') .. '\n' .. args[at + 1]
      local size = #entries + 1
      entries[size], places[size], texts[size] = entry, at, text
      bytes = bytes + #entry
      results[at] = epoch .. text
      if newer ~= '' then
        version = newer
      end
      if id ~= '' then
        seen = seen or {}
        seen[id] = text
      end
    end
  end
  return entries, {seq = seq, version = version, bytes = bytes, millis = millis, ids = seen,
    places = places, texts = texts}
end

local function push(part, top, entries)
  local key = log_key(part, top.channel)
  if #entries == 1 then
    return call('RPUSH', key, entries[1])
  end
  local length = 0
  for from = 1, #entries, CHUNK do
    length = call('RPUSH', key, unpack(entries, from, min(#entries, from + CHUNK - 1)))
  end
  return length
end

-- Logs what is to be logged of a channel; returns what `number` made of it.
local function append(part, top, group, args, width, results)
  top.raw = nil
  if part.adopting and top.adopted ~= part.adopter then
    restart(part, top, part.adopter, '0')
  end
  sweep(part, top)
  local entries, after = number(part, top, group, args, width, results)
  if #entries == 0 then
    return entries, after
  end
  local length = push(part, top, entries)
  local fresh = length == #entries
  if length ~= top.kept + #entries then
    if fresh and is_past(part, top) then
      top.kept, top.bytes = 0, 0
    else
      -- The log was evicted, deleted or changed by others.
      restart(part, top, top.adopted, format('%d', part.n + 1))
      entries, after = number(part, top, group, args, width, results)
      length, fresh = push(part, top, entries), true
    end
  end
  top.seq, top.version, top.millis = after.seq, after.version, after.millis
  top.kept, top.bytes = length, top.bytes + after.bytes
  if after.ids then
    for id, seq in pairs(after.ids) do
      keep_id(part, top, id, seq)
    end
  end
  upkeep(part, top, fresh)
  return entries, after
end

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

-- Reading -----------------------------------------------------------------------------------

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

-- A refusal is an answer like any other; it is made before anything is written.
local function answering(callback)
  return function(keys, args)
    if not call then
      call, floor, max, min = redis.call, math.floor, math.max, math.min
      pack, format, concat = struct.pack, string.format, table.concat
    end
    local done, result = pcall(callback, keys, args)
    if done then
      return result
    elseif type(result) == 'table' then
      return {err = result.refusal or result.err}
    end
    return {err = 'ERR ' .. tostring(result)}
  end
end

local functions = {
  tapeline_publish = answering(publish),
  tapeline_publish_many = answering(publish_many),
  tapeline_send = answering(send),
  tapeline_fence = answering(fence),
  tapeline_read = answering(read),
  tapeline_read_since = answering(read_since),
  tapeline_pulse = answering(pulse),
  tapeline_tops = answering(tops),
  tapeline_missed = answering(missed),
}
