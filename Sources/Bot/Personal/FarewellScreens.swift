import Domain

/// What people see who leave or want to be forgotten. Pure: data in, screens out.
struct FarewellScreens: Sendable {
    let phrases: Phrasebook

    func leaveQuestion(_ language: Language) -> Screen {
        question(
            .leaveQuestion,
            language,
            yes: (.buttonLeave, .leave(isConfirmed: true)),
            no: (.buttonStay, .leave(isConfirmed: false))
        )
    }

    func forgetExplained(_ language: Language) -> Screen {
        question(
            .forgetExplained,
            language,
            yes: (.buttonGoOn, .forget(.ask)),
            no: (.buttonKeep, .forget(.keep))
        )
    }

    func forgetQuestion(_ language: Language) -> Screen {
        question(
            .forgetQuestion,
            language,
            yes: (.buttonForget, .forget(.confirm)),
            no: (.buttonKeep, .forget(.keep))
        )
    }

    func said(_ phrase: PersonalPhrase, _ language: Language) -> Screen {
        Screen(text: phrases.html(phrase, language))
    }

    private func question(
        _ phrase: PersonalPhrase,
        _ language: Language,
        yes: (PersonalPhrase, PersonalButton),
        no: (PersonalPhrase, PersonalButton)
    ) -> Screen {
        Screen(
            text: phrases.html(phrase, language),
            rows: [yes, no].map { [.tap(phrases.text($0.0, language), .personal($0.1))] }
        )
    }
}
