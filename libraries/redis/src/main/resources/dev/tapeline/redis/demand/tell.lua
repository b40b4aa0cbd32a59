-- What a node wants, told by itself. KEYS: the register of a group of nodes; the node's latest
-- changes; its wishes, by bucket. The register is a hash: node -> '<ms> <seq> <first> <size>'.
--   ms     when it was told last
--   seq    the number of the last change
--   first  the changes from the one after this are in the list of changes; 0 while the node is
--          telling all, -1 once it has left
--   size   how many wishes it has
-- TELL node before seq anew whole kept max, then bucket and '+name' or '-name' of each change
--   -> OK, or AGAIN if what is here is not what the node has told: it is to tell all anew
-- LEAVE node kept -> OK

local CHANGES, KEPT_TWICE = 64, 2
local register, log = KEYS[1], KEYS[2]
local verb, node = ARGV[1], ARGV[2]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function write(seq, first, size, kept)
  redis.call('HSET', register, node, string.format('%.0f %s %s %d', now, seq, first, size))
  redis.call('PEXPIRE', register, kept)
end

local function clear()
  for i = 2, #KEYS do
    redis.call('DEL', KEYS[i])
  end
end

if verb == 'LEAVE' then
  clear()
  write(0, -1, 0, tonumber(ARGV[3]))
  return 'OK'
end

local before, seq, anew, whole = ARGV[3], ARGV[4], ARGV[5] == '1', ARGV[6] == '1'
local kept, max = tonumber(ARGV[7]), tonumber(ARGV[8])
local told, known, first, size = (redis.call('HGET', register, node) or ''):match('^(%d+) (%d+) (%-?%d+) (%d+)$')

if anew then
  if not told and redis.call('HLEN', register) >= max then
    return redis.error_reply('FULL there are ' .. max .. ' nodes')
  end
  clear()
  first, size = '0', 0
else
  local there = 0
  for i = 3, #KEYS do
    there = there + redis.call('HLEN', KEYS[i])
  end
  if known ~= before or tonumber(size) ~= there or math.abs(now - tonumber(told)) > kept then
    return 'AGAIN'
  end
  size = there
end

for i = 9, #ARGV, 2 do
  local key, change = KEYS[3 + ARGV[i]], ARGV[i + 1]
  if change:sub(1, 1) == '+' then
    size = size + redis.call('HSET', key, change:sub(2), '')
  else
    size = size - redis.call('HDEL', key, change:sub(2))
  end
end

local changes = (#ARGV - 8) / 2
if whole and first == '0' then
  redis.call('DEL', log)
  first = seq
elseif whole and changes > 0 then
  local lines = {}
  for i = 10, #ARGV, 2 do
    lines[#lines + 1] = ARGV[i]
  end
  local length = redis.call('RPUSH', log, table.concat(lines, '\n'))
  if length > CHANGES then
    redis.call('LTRIM', log, -CHANGES, -1)
    first = string.format('%.0f', first + length - CHANGES)
  end
end
write(seq, first, size, kept)
for i = 2, #KEYS do
  redis.call('PEXPIRE', KEYS[i], kept * KEPT_TWICE)
end
return 'OK'
