-- The nodes of a group, for those that listen. KEYS: the register, see tell.lua. Writes the field ''
-- once a second: where Redis takes no writes, this fails as what the nodes tell does, so that
-- nobody takes their silence for their end.
-- kept -> node and '<ms> <seq> <first> <size>' of each

local register, kept = KEYS[1], tonumber(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local all = redis.call('HGETALL', register)
local nodes, written = {}, nil
for i = 1, #all, 2 do
  local told = tonumber(all[i + 1]:match('^%d+'))
  if all[i] == '' then
    written = told
  elseif not told or math.abs(now - told) > kept then
    redis.call('HDEL', register, all[i])
  else
    nodes[#nodes + 1] = all[i]
    nodes[#nodes + 1] = all[i + 1]
  end
end
if not written or math.abs(now - written) >= 1000 then
  redis.call('HSET', register, '', string.format('%.0f', now))
  redis.call('PEXPIRE', register, kept)
end
return nodes
