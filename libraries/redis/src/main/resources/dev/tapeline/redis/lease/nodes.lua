-- The reports that nodes give about themselves. The only key, tapeline:nodes, is a hash of reports
-- by node; each follows the instant at which it was given, in ms. A report is dropped when it is
-- older than KEPT, or lies as far in the future, which happens when the clock is set back.
-- TELL node report kept max -> the node's former report or '', or an error if there are max others
-- LEAVE node -> 1
-- LIST kept -> [now, then for each node its name and '<ms> <report>']

local key, verb = KEYS[1], ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function prune(kept)
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local told = tonumber(all[i + 1]:match('^%d+'))
    if not told or told + kept < now or told > now + kept then
      redis.call('HDEL', key, all[i])
    end
  end
end

if verb == 'LEAVE' then
  redis.call('HDEL', key, ARGV[2])
  return 1
end
if verb == 'LIST' then
  prune(tonumber(ARGV[2]))
  local answer = redis.call('HGETALL', key)
  table.insert(answer, 1, string.format('%.0f', now))
  return answer
end
local kept, max = tonumber(ARGV[4]), tonumber(ARGV[5])
if redis.call('HLEN', key) >= max and redis.call('HEXISTS', key, ARGV[2]) == 0 then
  prune(kept)
  if redis.call('HLEN', key) >= max then
    return redis.error_reply('FULL there are ' .. max .. ' nodes')
  end
end
local before = redis.call('HGET', key, ARGV[2])
redis.call('HSET', key, ARGV[2], string.format('%.0f ', now) .. ARGV[3])
redis.call('PEXPIRE', key, kept)
return before and before:gsub('^%d+ ', '', 1) or ''
