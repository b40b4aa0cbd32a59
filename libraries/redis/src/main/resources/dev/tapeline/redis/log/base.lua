-- The library of the logs of durable channels. One call numbers, keeps and broadcasts publications.
--
-- The parts are joined in the order that LogSource lists; each uses the parts before it. The same
-- text serves as a function library (Redis 7) and as scripts (Redis 6). A library remembers between
-- calls what it has learned, such as a channel's rule; a script learns it anew in each call.
-- LogSource puts these definitions in front of the text:
--   SPACES     by key prefix, the rules {pattern, length, seconds, bytes, 'adopt' or 'mirror'}
--   BROADCAST  'PUBLISH', or 'SPUBLISH' in a cluster
-- and appends the registration of the functions, or the call of one function.
--
-- Keys of partition P, after the prefix (docs/redis.md describes what they hold):
--   tapeline:{P}                  hash: the partition's own fields, which begin with '*' (as no
--                                 channel name can), and the top of each channel
--   tapeline:{P}:log:<channel>    list: the newest publications, oldest first
--   tapeline:{P}:ids:<channel>    hash: idempotency key -> '<seq> <ms>'
--   tapeline:{P}:idq:<channel>    list: '<seq> <idempotency key>', oldest first

local PARTITIONS = 16
local MAX_FIELDS = 65536      -- of a partition's hash: channels and leases
local MAX_KNOWN = 8192        -- remembered rules of a partition's channels
local MAX_BATCH = 10000       -- publications of a call
local MAX_READ = 10000        -- publications of an answer
local MAX_READ_BYTES = 1048576
local MAX_ID = 200 * 4        -- bytes
local IDS_KEPT = 10000
local IDS_MILLIS = 120000
local MAX_SCRATCH = 4096      -- entries of a table that is reused by the next call
local CHUNK = 1000            -- arguments or entries at a time: Lua's stack is limited

-- Set by the first call: Redis does not offer these while it loads a library.
local call, floor, max, min, pack, format, find, concat

local function fail(text, ...)
  error({refusal = format(text, ...)}, 0)
end

-- Tokens and versions may exceed 2^53, so they stay text: digits without leading zeros.

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
