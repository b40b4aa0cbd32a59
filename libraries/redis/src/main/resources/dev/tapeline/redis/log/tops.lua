-- Tops: the position of each channel, and the trimming of its log. A hash field stores one packed.

local TOP = '<dddddds'
-- seq       number of the newest publication
-- millis    when it was logged
-- kept      number of publications in the log
-- bytes     their bytes together; an upper bound while the text below ends with ' ~'
-- due       when the log expires, ms
-- checked   when it was last searched for publications that are too old, ms
-- then, as text: '<version> <token of the adopter> <broadcast at which the log was found lost>',
-- and ' ~' while bytes is an upper bound

local function mark_of(top)
  top.mark = (top.adopted ~= '0' and '.a' .. top.adopted or '')
    .. (top.lost ~= '0' and '.e' .. top.lost or '')
  top.tail = ' ' .. (top.mark == '' and '-' or top.mark) .. '\n' .. top.channel
end

local function read_top(part, channel, rule, raw)
  local top = part.tops[channel]
  if top and raw and top.raw == raw and top.adopted == '0' then
    return top -- unchanged since the last call
  end
  top = {
    channel = channel, rule = rule, head = format('%d ', #channel), tail = '', mark = '',
    seq = 0, millis = 0, kept = 0, bytes = 0, due = 0, checked = 0, raw = raw,
    version = '0', adopted = '0', lost = '0', loose = false, stale = not raw, new = not raw,
    key = part.log .. channel,
  }
  if raw then
    local rest
    top.seq, top.millis, top.kept, top.bytes, top.due, top.checked, rest = struct.unpack(TOP, raw)
    local loose
    top.version, top.adopted, top.lost, loose = rest:match('^(%d+) (%d+) (%d+)(.*)$')
    top.loose = loose == ' ~'
    if top.adopted ~= '0' and top.adopted ~= part.adopter then
      -- Another node adopts now: messages between the two adopters are lost.
      top.stale, top.seq, top.kept, top.bytes, top.version = true, 0, 0, 0, '0'
      top.adopted, top.lost = part.adopter, '0'
    end
  end
  mark_of(top)
  if rule then
    part.tops[channel] = top
  end
  return top
end

local function write_top(top)
  local rest = top.loose and '0 0 0 ~' or '0 0 0'
  if top.mark ~= '' or top.version ~= '0' then
    rest = top.version .. ' ' .. top.adopted .. ' ' .. top.lost .. (top.loose and ' ~' or '')
  end
  top.new = false
  top.raw = pack(TOP, top.seq, top.millis, top.kept, top.bytes, top.due, top.checked, rest)
  return top.raw
end

-- Deletes what is left of a former epoch.
local function sweep(part, top)
  if top.stale then
    call('UNLINK', top.key, part.key .. ':ids:' .. top.channel,
      part.key .. ':idq:' .. top.channel)
    top.stale = false
  end
end

-- Begins an epoch of one channel.
local function restart(part, top, adopted, lost)
  top.seq, top.kept, top.bytes, top.version = 0, 0, 0, '0'
  top.adopted, top.lost, top.stale = adopted, lost, true
  mark_of(top)
  sweep(part, top)
end

-- Whether all that the log held has expired, so that a missing log is no loss.
local function is_past(part, top)
  return part.now >= top.millis + top.rule.millis
end

local function millis_of(entry)
  return tonumber(entry:match('^%d+ (%d+)'))
end

-- Counts the bytes of a log.
local function recount(top)
  top.bytes, top.loose = 0, false
  for from = 0, top.kept - 1, 64 do
    for _, entry in ipairs(call('LRANGE', top.key, from, from + 63)) do
      top.bytes = top.bytes + #entry
    end
  end
end

-- Trims a log to its length. Far below the bound of bytes it does not read what it drops.
local function shorten(top)
  local far = top.rule.bytes / 2
  if top.kept > top.rule.length and top.bytes <= far then
    call('LTRIM', top.key, -top.rule.length, -1)
    top.kept, top.loose = top.rule.length, true
  elseif top.loose and top.bytes > far then
    recount(top)
  end
end

-- Trims a log to all its bounds.
local function tidy(part, top)
  shorten(top)
  local rule = top.rule
  local cutoff = part.now - rule.millis
  local gone, step = 0, 1
  top.checked = part.now
  while gone < top.kept do
    local entries = call('LRANGE', top.key, gone, gone + step - 1)
    for i = 1, #entries do
      local left = top.kept - gone
      local excess = left > rule.length or (top.bytes > rule.bytes and left > 1)
      if not excess and millis_of(entries[i]) > cutoff then
        entries = {}
        break
      end
      top.bytes, gone = top.bytes - #entries[i], gone + 1
    end
    if #entries == 0 then
      break
    end
    step = 64
  end
  if gone > 0 then
    call('LTRIM', top.key, gone, -1)
    top.kept = top.kept - gone
  end
end

-- Trims a log once it is an eighth above its bounds, and extends its expiry.
local function upkeep(part, top, fresh)
  local rule = top.rule
  if top.kept > rule.length + rule.length_slack or top.bytes > rule.bytes + rule.bytes_slack
      or part.now - top.checked > rule.millis / 8 then
    tidy(part, top)
  end
  if fresh or top.due < part.now + rule.millis then
    top.due = floor(part.now + rule.millis * 1.25)
    call('PEXPIRE', top.key, top.due - part.now)
  end
end
