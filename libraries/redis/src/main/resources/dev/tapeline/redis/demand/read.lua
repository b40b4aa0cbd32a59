-- What has changed in a node's wishes. KEYS: the register and the node's latest changes, see
-- tell.lua.
-- node since -> [seq, then each later change as lines of '+name' and '-name'], or [] if they are
-- not all there

local told = redis.call('HGET', KEYS[1], ARGV[1])
local seq, first = (told or ''):match('^%d+ (%d+) (%-?%d+) ')
seq, first = tonumber(seq), tonumber(first)
local since = tonumber(ARGV[2])
if not seq or first < 1 or since < first or since > seq then
  return {}
end
local changes = redis.call('LRANGE', KEYS[2], since - first, -1)
if #changes ~= seq - since then
  return {}
end
table.insert(changes, 1, string.format('%.0f', seq))
return changes
