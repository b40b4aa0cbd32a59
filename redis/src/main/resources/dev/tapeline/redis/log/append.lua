-- Appending: numbering what is to be logged of one channel.

-- What idempotency keys a channel has seen.
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

-- What is to be published stands in `args`, `width` arguments for each publication: channel,
-- payload, '<exchange> <ingest>', key, version, as far as the width goes. A group is the places of
-- one channel's publications.

-- Numbers what is to be logged of a channel: its entries and their places, and where it stands
-- then.
local function number(part, top, group, args, width, results)
  local entries, places, texts, seen = {}, {}, {}, nil
  local epoch = part.epoch .. top.mark .. ' '
  local seq, version, bytes = top.seq, top.version, 0
  local millis = max(part.now, top.millis)
  local stamp = ' ' .. (millis == part.now and part.now_text or format('%d', millis)) .. ' '
  for i = 1, #group do
    local at = group[i]
    local id = width == 5 and args[at + 3] or ''
    local newer = width == 5 and args[at + 4] or ''
    local first = id ~= '' and ((seen and seen[id]) or first_of(part, top, id))
    if first then
      results[at] = epoch .. first .. ' repeated'
    elseif newer ~= '' and not higher(newer, version) then
      results[at] = epoch .. format('%d', seq) .. ' outdated'
    else
      seq = seq + 1
      local text = format('%d', seq)
      local entry = text .. stamp .. (width > 2 and args[at + 2] or '0 0') .. '\n' .. args[at + 1]
      local size = #entries + 1
      entries[size], places[size], texts[size] = entry, at, text
      bytes = bytes + #entry
      results[at] = epoch .. text
      if newer ~= '' then
        version = newer
      end
      if id ~= '' then
        seen = seen or {}
        seen[id] = text
      end
    end
  end
  return entries, {seq = seq, version = version, bytes = bytes, millis = millis, ids = seen,
    places = places, texts = texts}
end

local function push(part, top, entries)
  local key = log_key(part, top.channel)
  if #entries == 1 then
    return call('RPUSH', key, entries[1])
  end
  local length = 0
  for from = 1, #entries, CHUNK do
    length = call('RPUSH', key, unpack(entries, from, min(#entries, from + CHUNK - 1)))
  end
  return length
end

-- Logs what is to be logged of a channel; returns what `number` made of it.
local function append(part, top, group, args, width, results)
  top.raw = nil
  if part.adopting and top.adopted ~= part.adopter then
    restart(part, top, part.adopter, '0')
  end
  sweep(part, top)
  local entries, after = number(part, top, group, args, width, results)
  if #entries == 0 then
    return entries, after
  end
  local length = push(part, top, entries)
  local fresh = length == #entries
  if length ~= top.kept + #entries then
    if fresh and is_past(part, top) then
      top.kept, top.bytes = 0, 0
    else
      -- The log was evicted, deleted or changed by others.
      restart(part, top, top.adopted, format('%d', part.n + 1))
      entries, after = number(part, top, group, args, width, results)
      length, fresh = push(part, top, entries), true
    end
  end
  top.seq, top.version, top.millis = after.seq, after.version, after.millis
  top.kept, top.bytes = length, top.bytes + after.bytes
  if after.ids then
    for id, seq in pairs(after.ids) do
      keep_id(part, top, id, seq)
    end
  end
  upkeep(part, top, fresh)
  return entries, after
end
