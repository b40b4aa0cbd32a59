-- Bulletins: what partitions broadcast, and gateways are answered. A header line '2 <n> <epoch>
-- <token of the adopter>', then groups of publications of one channel: a line '<bytes of the
-- channel> <publications> <seq of the last> <what the channel's epoch has after the partition's,
-- or ->', the channel, and of each '<bytes of the entry> ' and the entry.

local function header(part)
  return '2 ' .. format('%d', part.n) .. ' ' .. part.epoch .. ' ' .. part.adopter .. '\n'
end

-- The texts of lengths and counts, most of which occur again and again.
local texts = {}

local function text_of(length)
  local text = format('%d ', length)
  if length < 4096 then
    texts[length] = text
  end
  return text
end

-- The bulletin that a call puts together: the header is to be its first piece. The table stays for
-- the next call, as growing one anew each time takes longer than to fill it.
local pieces, filled = {}, 1

local function begin_bulletin()
  if filled > MAX_SCRATCH then
    pieces = {}
  end
  filled = 1
end

-- Adds a group, of the entries that stand at these places of a list; returns how many bytes they
-- have.
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

local function bulletin(part)
  pieces[1] = header(part)
  return concat(pieces, '', 1, filled)
end

-- Broadcasts the bulletin. The caller writes the number.
local function broadcast(part)
  part.n = part.n + 1
  call(BROADCAST, part.key, bulletin(part))
end

-- Tells the gateways that channels stand elsewhere, without publications.
local function announce(part)
  part.n = part.n + 1
  call('HSET', part.key, '*n', part.n)
  call(BROADCAST, part.key, header(part))
end
