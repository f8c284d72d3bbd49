-- wrk: asks the paths of a file one after the other, so that 10 connections make about 50 requests a second.
local paths = {}
local at = 0

function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
  -- Threads begin apart from one another.
  math.randomseed(os.time())
  at = math.random(#paths)
end

function delay() return 200 end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], { ["Accept-Encoding"] = "gzip" })
end
