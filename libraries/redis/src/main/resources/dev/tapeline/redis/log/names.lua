-- Names and rules: valid channel names, the partition of a channel, and its rule.

local NIBBLES = {
  [0] = 0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7,
  0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad, 0xe1ce, 0xf1ef,
}

-- The CRC16 of Redis Cluster (XMODEM), modulo the number of partitions.
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

-- Applies the rules of dev.tapeline.core.Names: 1 to 200 UTF-16 units of valid UTF-8, without
-- control characters and without characters that have a meaning in patterns.
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

-- Whether a name matches a pattern. Each '*' stands for any run of characters.
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

-- The rule of a channel; false if the channel is plain.
local function rule_of(part, channel)
  local rule = part.known[channel]
  if rule == nil then
    check_name(channel)
    local right = partition_of(channel)
    if right ~= part.number then
      fail("PARTITION %d is the partition of '%s', not %d: use the key %stapeline:{%d}", right,
        channel, part.number, part.prefix, right)
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
