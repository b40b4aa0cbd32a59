-- The functions that callers name.

-- Turns a refusal into an error reply. Refusals happen before anything is written.
local function answering(callback)
  return function(keys, args)
    if not call then
      call, floor, max, min = redis.call, math.floor, math.max, math.min
      pack, concat, format, find = struct.pack, table.concat, string.format, string.find
    end
    local done, result = pcall(callback, keys, args)
    if done then
      return result
    elseif type(result) == 'table' then
      return {err = result.refusal or result.err}
    end
    return {err = 'ERR ' .. tostring(result)}
  end
end

local functions = {
  tapeline_publish = answering(publish),
  tapeline_publish_many = answering(publish_many),
  tapeline_send = answering(send),
  tapeline_fence = answering(fence),
  tapeline_read = answering(read),
  tapeline_read_since = answering(read_since),
  tapeline_pulse = answering(pulse),
  tapeline_tops = answering(tops),
  tapeline_missed = answering(missed),
}
