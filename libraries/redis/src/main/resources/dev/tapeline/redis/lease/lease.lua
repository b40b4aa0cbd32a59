-- Claims, renews, releases or shows a lease. The only key, tapeline:{lease:<name>}, is a hash of
-- the holder, its claim, the token, and the instants of beginning and end in ms. The hash outlives
-- the lease by a day, so that tokens grow even if the clock is set back.
-- CLAIM claim holder millis -> [token, remaining ms, holder]; the token is 0 if another claim holds
-- the lease
-- RELEASE claim -> 1 if the claim held the lease, else 0
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

-- A lease that seems to run for longer than it was claimed for shows that the clock was set back.
-- Its holder gets the usual time to renew it.
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
