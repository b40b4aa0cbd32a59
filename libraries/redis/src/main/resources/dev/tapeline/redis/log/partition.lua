-- Partitions: the one that a call names, and the detection of lost data.

local parts = {}

-- The partition whose key a call names. Reads nothing from Redis.
local function partition(keys)
  local key = keys[1]
  local part = key and parts[key]
  if part then
    part.adopting = false
    if part.size >= MAX_KNOWN then
      part.known, part.tops, part.size = {}, {}, 0
    end
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

local home

-- Identifies one life of the data; it changes with each restart, restore and failover. The server's
-- run_id is not enough: after two failovers the same process may serve data that it received from
-- the other server.
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

-- Long enough that Redis stores the hash as a table; in a listpack it would search each field.
local ABOUT = 'Where the channels of this partition stand; written by the functions tapeline_* only'

-- Begins an epoch, in which all channels start at 0. Keeps the fences that are still there.
local function renew(part)
  local fields = call('HGETALL', part.key)
  local kept = {'*about', ABOUT, '*home', home, '*n', '0'}
  part.epoch = base36(part.time[1] * 1000000 + part.time[2]) .. home:sub(1, 3)
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
  part.time, part.now = time, time[1] * 1000 + floor(time[2] / 1000)
  part.now_text = format('%d', part.now)
  part.stamp = ' ' .. part.now_text .. ' '
end

local OWN = 4 -- the partition's own fields that each call reads

-- Reads a partition's own fields and the given fields of channels and leases. Returns the values in
-- this order: OWN values first, then one for each given field.
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
        values[OWN + i] = false
      end
    end
  else
    part.epoch, part.n = values[2], tonumber(values[3])
  end
  return values
end
