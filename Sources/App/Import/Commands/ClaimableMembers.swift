import ArgumentParser
import Domain
import Foundation

/// `fomo admin claimable-members [WORDS…]`.
struct ClaimableMembers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claimable-members",
        abstract: "Lists the people who came without a Telegram account, for fomo admin link-member.",
        discussion: """
            One line for each: id, name and @username, those who came last coming first. Words find those whose name or \
            @username has words that begin so. Stop the club first.
            """
    )

    @Argument(help: "Beginnings of words of the name or @username.")
    var words: [String] = []

    @Option(help: "How many are listed.")
    var limit = 50

    @Option(help: "How many are passed over.")
    var offset = 0

    func validate() throws {
        guard (1...1_000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 1000.") }
        guard offset >= 0 else { throw ValidationError("--offset is not below 0.") }
    }

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let tools = TransferTools(settings: settings)
            try await tools.alone("fomo admin claimable-members") { _, running in
                let store = try await tools.open(settings.store, mustExist: true)
                try await running.refuse(store)
                let directory = MemberDirectory(store: store, clock: tools.clock, ids: .system)
                let words = SearchTokeniser.query(words.joined(separator: " "))
                let found = try await directory.claimable(words: words, offset: offset, limit: limit)
                await store.close()
                Self.lines(found, offset: offset).forEach { console.say($0) }
            }
        }
    }

    /// What is shown: people, and how many there are besides.
    static func lines(_ found: (items: [Member], total: Int), offset: Int) -> [String] {
        let people = found.items.map { person in
            "\(person.id)  \(person.name)\(person.username.map { " (@\($0))" } ?? "")"
        }
        guard !people.isEmpty else { return ["Nobody of \(found.total)."] }
        return people + ["\(offset + 1)–\(offset + people.count) of \(found.total)"]
    }
}
