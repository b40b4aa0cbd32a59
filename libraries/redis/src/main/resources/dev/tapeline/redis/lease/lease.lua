-- Claims, renews or gives up a lease. One key, tapeline:{lease:<name>}: a hash of the holder, the
-- claim it holds the lease by, the token and the instants at which it began and ends, ms. The hash
-- outlives the lease by a day, so that tokens grow even if the clock is set back.
-- CLAIM claim holder millis -> [token, ms that are left, holder]; it is the claim's if the token
-- is, which holds as long as it is renewed in time
-- RELEASE claim -> 1 if the claim had it
-- LOOK -> [holder or '', token, since, until]

local key = KEYS[1]
local verb, claim = ARGV[1], ARGV[2]
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local now = math.floor(micros / 1000)
local kept = redis.call('HMGET', key, 'claim', 'token', 'until', 'holder', 'since', 'millis')
local held = kept[3] and tonumber(kept[3]) > now

if verb == 'LOOK' then
  return {held and kept[4] or '', kept[2] or '0', kept[5] or '0', held and kept[3] or '0'}
end

if verb == 'RELEASE' then
  if held and kept[1] == claim then
    redis.call('HSET', key, 'until', '0', 'claim', '')
    return 1
  end
  return 0
end

-- No lease runs for longer than it was claimed for: the clock was set back. Its holder, if it still
-- lives, has the usual time to renew it.
if held and kept[1] ~= claim and tonumber(kept[3]) - now > tonumber(kept[6] or ARGV[4]) then
  kept[3] = string.format('%.0f', now + tonumber(kept[6] or ARGV[4]))
  redis.call('HSET', key, 'until', kept[3])
end
if held and kept[1] ~= claim then
  return {'0', tostring(tonumber(kept[3]) - now), kept[4]}
end
local token = kept[2]
if not held then
  token = string.format('%.0f', math.max(micros, (tonumber(kept[2]) or 0) + 1))
  redis.call('HSET', key, 'since', string.format('%.0f', now))
end
redis.call('HSET', key, 'claim', claim, 'holder', ARGV[3], 'token', token,
  'until', string.format('%.0f', now + tonumber(ARGV[4])), 'millis', ARGV[4])
redis.call('PEXPIRE', key, 86400000 + tonumber(ARGV[4]))
return {token, ARGV[4], ARGV[3]}
