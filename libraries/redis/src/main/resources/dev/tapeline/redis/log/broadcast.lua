-- Broadcasts: what a partition publishes to the gateways, and the form of answers to them.
--
-- A broadcast is a header line '2 <n> <epoch> <token of the adopter>' and groups, one a channel. A
-- group is a line '<bytes of the channel> <publications> <seq of the last> <mark>', the channel,
-- and for each publication '<bytes of the entry> ' and the entry. The mark is the suffix that makes
-- the partition's epoch the channel's, or '-' for none.

local function header(part)
  return '2 ' .. format('%d', part.n) .. ' ' .. part.epoch .. ' ' .. part.adopter .. '\n'
end

-- Lengths and counts as text, cached because few of them differ.
local texts = {}

local function text_of(length)
  local text = format('%d ', length)
  if length < 4096 then
    texts[length] = text
  end
  return text
end

-- The pieces of the broadcast that the call builds. The first place is left for the header. The
-- table is reused by the next call, because growing a new one takes longer than filling it.
local pieces, filled = {}, 1

local function begin_broadcast()
  if filled > MAX_SCRATCH then
    pieces = {}
  end
  filled = 1
end

-- Adds a group of the entries from one index of a list to another; returns their bytes.
local function add_group(top, last, entries, from, to)
  local at, bytes, count = filled + 1, 0, to - from + 1
  pieces[at] = top.head .. (texts[count] or text_of(count)) .. last .. top.tail
  for i = from, to do
    local entry = entries[i]
    local length = #entry
    pieces[at + 1], pieces[at + 2] = texts[length] or text_of(length), entry
    at, bytes = at + 2, bytes + length
  end
  filled = at
  return bytes
end

local function encode_broadcast(part)
  pieces[1] = header(part)
  return concat(pieces, '', 1, filled)
end

-- Sends the broadcast. The caller stores its number.
local function broadcast(part)
  part.n = part.n + 1
  call(BROADCAST, part.key, encode_broadcast(part))
end

-- Tells the gateways that epochs or adopters have changed, by a broadcast without publications.
local function announce(part)
  part.n = part.n + 1
  call('HSET', part.key, '*n', part.n)
  call(BROADCAST, part.key, header(part))
end
