-- Tops: where channels stand, and the bounds of their logs.

local TOP = '<dddddds'
-- seq       number of the newest publication
-- millis    when it was logged
-- kept      how many publications the log holds
-- bytes     and how many bytes they have together
-- due       when the log expires, ms
-- checked   when it was last looked through for what is too old, ms
-- then, as text: '<version> <token of the adopter> <broadcast at which the log was found lost>'

local function mark_of(top)
  top.mark = (top.adopted ~= '0' and '.a' .. top.adopted or '')
    .. (top.lost ~= '0' and '.e' .. top.lost or '')
  top.tail = ' ' .. (top.mark == '' and '-' or top.mark) .. '\n' .. top.channel
end

local function read_top(part, channel, rule, raw)
  local top = part.tops[channel]
  if top and raw and top.raw == raw and top.adopted == '0' then
    return top -- as the last call left it
  end
  top = {
    channel = channel, rule = rule, head = format('%d ', #channel), tail = '', mark = '',
    seq = 0, millis = 0, kept = 0, bytes = 0, due = 0, checked = 0, raw = raw,
    version = '0', adopted = '0', lost = '0', stale = not raw, new = not raw,
  }
  if raw then
    local rest
    top.seq, top.millis, top.kept, top.bytes, top.due, top.checked, rest = struct.unpack(TOP, raw)
    top.version, top.adopted, top.lost = rest:match('^(%d+) (%d+) (%d+)$')
    if top.adopted ~= '0' and top.adopted ~= part.adopter then
      -- Another node adopts now: what came between the two is lost.
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
  local rest = '0 0 0'
  if top.mark ~= '' or top.version ~= '0' then
    rest = top.version .. ' ' .. top.adopted .. ' ' .. top.lost
  end
  top.new = false
  top.raw = pack(TOP, top.seq, top.millis, top.kept, top.bytes, top.due, top.checked, rest)
  return top.raw
end

local function log_key(part, channel)
  return part.log .. channel
end

-- Deletes what is left of an epoch that is over.
local function sweep(part, top)
  if top.stale then
    call('UNLINK', log_key(part, top.channel), part.key .. ':ids:' .. top.channel,
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

-- Whether everything that the log held is too old, so that its absence is no loss.
local function is_past(part, top)
  return part.now >= top.millis + top.rule.millis
end

local function millis_of(entry)
  return tonumber(entry:match('^%d+ (%d+)'))
end

-- Takes from a log what exceeds its bounds.
local function tidy(part, top)
  local rule = top.rule
  local key = log_key(part, top.channel)
  local cutoff = part.now - rule.millis
  local gone = 0
  top.checked = part.now
  while gone < top.kept do
    local entries = call('LRANGE', key, gone, gone + 63)
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
  end
  if gone > 0 then
    call('LTRIM', key, gone, -1)
    top.kept = top.kept - gone
  end
end

-- Trims a log when it is an eighth above its bounds, and prolongs its life.
local function upkeep(part, top, fresh)
  local rule = top.rule
  if top.kept > rule.length + rule.length_slack or top.bytes > rule.bytes + rule.bytes_slack
      or part.now - top.checked > rule.millis / 8 then
    tidy(part, top)
  end
  if fresh or top.due < part.now + rule.millis then
    top.due = floor(part.now + rule.millis * 1.25)
    call('PEXPIRE', log_key(part, top.channel), top.due - part.now)
  end
end
