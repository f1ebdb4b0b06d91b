import Foundation

/// A bot that takes part: how it is started.
struct Contender: Sendable {
    var name: String
    var program: String
    var arguments: [String]
    /// Whether it keeps what it has taken over its own end.
    var isDurable: Bool

    /// `fomo`, from a release build.
    static func fomo(_ program: String) -> Contender {
        Contender(name: "FOMO Podcasts", program: program, arguments: ["serve"], isDurable: true)
    }

    /// The frameworks, in Python's virtual environment of `Scripts/bench`.
    static func peers(python: String, folder: String) -> [Contender] {
        [
            ("aiogram 3", "aiogram_bot.py", [String]()), ("aiogram 3, uvloop", "aiogram_bot.py", ["--uvloop"]),
            ("python-telegram-bot", "ptb_bot.py", []),
        ].map { name, script, options in
            Contender(name: name, program: python, arguments: ["\(folder)/\(script)"] + options, isDurable: false)
        }
    }

    /// Starts it; its data, where it keeps any, are in `folder`.
    /// `files`: the folder of a local Bot API server, where there is one.
    func start(at address: String, folder: URL, files: URL? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = [
            "TELEGRAM_API_URL": address,
            "TELEGRAM_BOT_TOKEN": "123456:bench-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "TELEGRAM_CHANNEL_ID": "\(StandIn.channelID)",
            "OWNER_TELEGRAM_ID": "42",
            "DATA_DIR": folder.appending(path: "data").path,
            "RESOURCES_DIR": FileManager.default.currentDirectoryPath + "/Resources",
            "PORT": "\(try FreePort.next())",
            "LOG_LEVEL": "critical",
        ]
        if let files { process.environment?["TELEGRAM_FILES_DIR"] = files.path }
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }
}
