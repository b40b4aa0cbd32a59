-- Fences: the newest token of each lease, which bars former holders.

local FENCE = '*fence:'

local function fence_field(lease)
  if not lease or #lease == 0 or #lease > MAX_ID or lease:find('%c') then
    fail("ERR a lease has a name of 1 to %d bytes without control characters, not '%s'", MAX_ID,
      tostring(lease))
  end
  return FENCE .. lease
end

-- Refuses a token that is older than the newest one, and stores a newer one.
local function pass(part, fence, seen)
  if seen and higher(seen, fence.token) then
    fail('FENCED %s is the token of %s, %s is too old', seen, fence.lease, fence.token)
  end
  if seen == fence.token then
    return
  end
  if not seen and call('HLEN', part.key) >= MAX_FIELDS then
    fail('FULL %s holds %d channels and leases', part.key, MAX_FIELDS)
  end
  call('HSET', part.key, fence.field, fence.token)
  if fence.lease == 'adopter:' .. part.number then
    part.adopter = fence.token
    announce(part)
    -- Marks the place among the plain messages: this adopter takes those after the mark.
    call('PUBLISH', part.prefix .. 'tapeline:adopters', part.number .. ' ' .. fence.token)
  end
end

local function fence_of(lease, token)
  local fence = {lease = lease, field = fence_field(lease), token = digits(token, 'a token')}
  if fence.token == '0' then
    fail('ERR a token is 1 or more, not 0')
  end
  return fence
end
