import ArgumentParser

/// `fomo admin`: what whoever runs the machine does with the club's people and their XP.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Changes what only whoever runs the machine may change.",
        subcommands: [LinkMember.self, ClaimableMembers.self, RebuildXP.self]
    )
}
