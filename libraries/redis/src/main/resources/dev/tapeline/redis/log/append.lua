-- Appending: numbers the publications of one channel and writes them to its log.

-- The number that an idempotency key got, or nothing if the channel has not seen the key lately.
local function first_of(part, top, id)
  local kept = call('HGET', part.key .. ':ids:' .. top.channel, id)
  if kept then
    local seq, millis = kept:match('^(%d+) (%d+)$')
    if part.now - millis < IDS_MILLIS then
      return seq
    end
  end
end

local function keep_id(part, top, id, seq)
  local ids, queue = part.key .. ':ids:' .. top.channel, part.key .. ':idq:' .. top.channel
  call('HSET', ids, id, seq .. ' ' .. part.now_text)
  local size = call('RPUSH', queue, seq .. ' ' .. id)
  call('PEXPIRE', ids, IDS_MILLIS)
  call('PEXPIRE', queue, IDS_MILLIS)
  if size > IDS_KEPT then
    local first, oldest = call('LPOP', queue):match('^(%d+) (.*)$')
    local kept = call('HGET', ids, oldest)
    if kept and kept:match('^%d+') == first then
      call('HDEL', ids, oldest)
    end
  end
end

-- A call has its publications in its arguments, grouped by channel: `count` publications after the
-- index `at`, each of `width` arguments. The first argument is the body: an entry without its
-- number and time. With width 3 an idempotency key and a version follow, each empty for none.

-- The entries of a call, and the fields that it writes to its partition's hash. The next call
-- reuses the tables, as with the pieces of a broadcast.
local entries, numbered = {}, 0
local written, fields_written = {}, 0

local function begin_batch()
  if numbered > MAX_SCRATCH then
    entries, written = {}, {}
  end
  numbered, fields_written = 0, 0
  begin_broadcast()
end

-- Makes the entries of a group without keys and versions; returns the last number as text.
local function number_all(top, args, at, count, stamp)
  local seq, text = top.seq, ''
  for i = 1, count do
    text = format('%d', seq + i)
    entries[numbered + i] = text .. stamp .. args[at + i]
  end
  numbered = numbered + count
  return text
end

-- Makes the entries of a group with keys or versions, leaving out repeated and outdated ones.
-- Stores in the notes the version after it, the numbers of its keys, and the answers by argument
-- index.
local function number_new(part, top, args, at, count, stamp, notes)
  local epoch, text = part.epoch .. top.mark .. ' ', format('%d', top.seq)
  local seq, version, ids = top.seq, top.version, {}
  for place = at + 1, at + 3 * count, 3 do
    local id, newer = args[place + 1], args[place + 2]
    local first = id ~= '' and (ids[id] or first_of(part, top, id))
    if first then
      notes[place] = epoch .. first .. ' repeated'
    elseif newer ~= '' and not higher(newer, version) then
      notes[place] = epoch .. text .. ' outdated'
    else
      seq, numbered = seq + 1, numbered + 1
      text = format('%d', seq)
      entries[numbered] = text .. stamp .. args[place]
      notes[place] = epoch .. text
      if newer ~= '' then
        version = newer
      end
      if id ~= '' then
        ids[id] = text
      end
    end
  end
  notes.version, notes.ids = version, ids
  return text
end

local function number(part, top, args, at, count, notes)
  -- The time of a log never goes back.
  local stamp = top.millis > part.now and format(' %d ', top.millis) or part.stamp
  if notes then
    return number_new(part, top, args, at, count, stamp, notes)
  end
  return number_all(top, args, at, count, stamp)
end

-- Appends the entries after an index to a log; returns the length of the log.
local function push(top, before)
  if numbered == before + 1 then
    return call('RPUSH', top.key, entries[numbered])
  end
  local length = 0
  for from = before + 1, numbered, CHUNK do
    length = call('RPUSH', top.key, unpack(entries, from, min(numbered, from + CHUNK - 1)))
  end
  return length
end

-- Updates the top of a channel after entries were logged.
local function advance(part, top, made, bytes, length, notes)
  top.seq = top.seq + made
  if top.millis < part.now then
    top.millis = part.now
  end
  top.kept, top.bytes = length, top.bytes + bytes
  if notes then
    top.version = notes.version
    for id, seq in pairs(notes.ids) do
      keep_id(part, top, id, seq)
    end
  end
  upkeep(part, top, length == made)
  written[fields_written + 1], written[fields_written + 2] = top.channel, write_top(top)
  fields_written = fields_written + 2
end

-- Logs a group and adds it to the broadcast.
local function append(part, top, args, at, count, notes)
  local before = numbered
  top.raw = nil
  if part.adopting and top.adopted ~= part.adopter then
    restart(part, top, part.adopter, '0')
  elseif top.stale then
    sweep(part, top)
  end
  local last = number(part, top, args, at, count, notes)
  if numbered == before then
    return
  end
  local length = push(top, before)
  local made = numbered - before
  if length ~= top.kept + made then
    if length == made and is_past(part, top) then
      top.kept, top.bytes = 0, 0
    else
      -- The log was evicted, deleted or changed by others.
      restart(part, top, top.adopted, format('%d', part.n + 1))
      numbered = before
      last = number(part, top, args, at, count, notes)
      made, length = numbered - before, push(top, before)
    end
  end
  top.last = last
  local bytes = add_group(top, last, entries, before + 1, numbered)
  advance(part, top, made, bytes, length, notes)
end
