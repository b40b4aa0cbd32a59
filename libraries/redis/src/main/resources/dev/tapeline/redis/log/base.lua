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
local MAX_SCRATCH = 4096      -- what a table that stays may hold
local CHUNK = 1000            -- arguments or entries at a time: Lua's stack is limited

-- Set by the first call, as none of it is there yet while a library is loaded.
local call, floor, max, min, pack, format, find, concat

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

local function count_of(text, what, most)
  local number = tonumber(digits(text, what))
  if number > most then
    fail("ERR %s must be %d at most, not '%s'", what, most, text)
  end
  return number
end
