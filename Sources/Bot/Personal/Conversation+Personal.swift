import Domain
import Foundation

/// What people choose for themselves.
extension Conversation {
    /// The member whom a person is. Where a crash came between the steps of forgetting them, the rest is done first.
    func recognise(_ person: Person, cause: Cause) async throws(ChangeFailure) -> Member? {
        let known = try await directory.recognise(person, cause: cause)
        guard let known, known.isBeingForgotten else { return known }
        try await club.privacy.forget(known, cause: cause)
        return nil
    }

    /// Answers a command. To have one's data and to be forgotten is open to everybody whom the club knows, a person
    /// who has left or is banned among them; the rest to members.
    func answer(
        _ request: PersonalRequest,
        of person: Person,
        known: Member?,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        let language = person.language
        switch request {
        case .export:
            return [.show(try await export(known, language, cause: cause))]
        case .forget:
            guard let known else { return [.show(farewells.said(.nothingKnown, language))] }
            if known.role == .owner { throw .refused(.ownerStays) }
            return [.show(farewells.forgetExplained(language))]
        case .settings:
            return [.show(try await overview(try active(known)))]
        case .notifications:
            return [.show(try await notifications(after: nil, of: try active(known)))]
        case .choose(nil):
            _ = try active(known)
            throw .refused(.unclearSetting)
        case .choose(let choice?):
            let member = try await directory.choose(choice, for: active(known).id, as: person, cause: cause)
            return [.show(try await overview(member))]
        case .leave:
            if try active(known).role == .owner { throw .refused(.ownerStays) }
            return [.show(farewells.leaveQuestion(language))]
        }
    }

    func answer(
        _ button: PersonalButton,
        _ tap: Tap,
        of person: Person,
        known: Member?,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        [done(tap), .change(tap.message, try await screen(button, of: person, known: known, cause: cause))]
    }

    private func screen(
        _ button: PersonalButton,
        of person: Person,
        known: Member?,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        let language = person.language
        switch button {
        case .settings: return try await overview(try active(known))
        case .close: return settings.closed(language)
        case .hours: return settings.hours(try active(known))
        case .zones: return settings.zones(try active(known))
        case .choose(let choice):
            return try await overview(
                try await directory.choose(choice, for: active(known).id, as: person, cause: cause)
            )
        case .notifications(let cursor): return try await notifications(after: cursor, of: try active(known))
        case .readAll: return try await readAll(by: try active(known))
        case .leave(isConfirmed: false), .forget(.keep):
            return farewells.said(button == .forget(.keep) ? .forgetKept : .leaveKept, language)
        case .leave(isConfirmed: true):
            guard let known else { throw .refused(.notAMember) }
            // Tapped once more after it was done, it has been done.
            if known.membership != .left { _ = try await directory.resign(known.id, cause: cause) }
            return farewells.said(.leaveDone, language)
        case .forget(.ask):
            return farewells.forgetQuestion(language)
        case .forget(.confirm):
            return try await forget(known, language, cause: cause)
        }
    }

    private func forget(_ known: Member?, _ language: Language, cause: Cause) async throws(ChangeFailure) -> Screen {
        // Without a document they are forgotten already: the update is handled once more after a crash.
        guard let known else { return farewells.said(.forgetDone, language) }
        try await club.privacy.forget(known, cause: cause)
        return farewells.said(known.membership == .banned ? .forgetDoneBanned : .forgetDone, language)
    }

    private func export(_ known: Member?, _ language: Language, cause: Cause) async throws(ChangeFailure) -> Screen {
        guard let known else { return farewells.said(.nothingKnown, language) }
        try await club.privacy.requestExport(for: known, cause: cause)
        return farewells.said(.exportSent, language)
    }

    private func active(_ member: Member?) throws(ChangeFailure) -> Member {
        guard let member, member.isActive else { throw .refused(.notAMember) }
        return member
    }

    private func overview(_ member: Member) async throws(ChangeFailure) -> Screen {
        settings.overview(member, clubZone: try await library.zone())
    }

    private var settings: SettingsScreens { SettingsScreens(phrases: phrases) }
    private var farewells: FarewellScreens { FarewellScreens(phrases: phrases) }
}
