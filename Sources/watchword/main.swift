import WatchwordCommands

await Watchword.run()
