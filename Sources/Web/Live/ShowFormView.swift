import Domain
import Foundation

/// A form about a show, as its page shows it.
struct ShowFormView {
    struct Option {
        var value: String
        var label: String
        var isChosen: Bool
    }

    /// A line of what is wrong, with the way to the field.
    struct Fault {
        var field: String
        var text: String
    }

    /// What is wrong with each field.
    struct Faults {
        var title: String?
        var summary: String?
        var date: String?
        var time: String?
        var duration: String?
        var policy: String?
        var host: String?
        var people: String?
    }

    var heading: String
    var action: String
    var submit: String
    /// So that a form that was sent twice plans one show.
    var request: String?
    var form: ShowForm
    var zone: String
    var faults: [Fault]
    /// Why nothing was done, where no field is to blame.
    var trouble: String?
    var wrong: Faults
    var policies: [Option]
    /// Whose show it may be; empty where that is not asked.
    var hosts: [Option]
    var coHosts: [Option]
    /// Whether it is asked for what of a weekly show is moved.
    var hasSeries: Bool
    /// Whether the time may still be changed.
    var isMovable: Bool

    init(
        _ form: ShowForm,
        heading: String,
        action: String,
        submit: String,
        zone: String,
        _ text: (WebPhrase, [String: String]) -> String
    ) {
        self.heading = heading
        self.action = action
        self.submit = submit
        self.form = form
        self.zone = zone
        let noted = form.faults
        faults = ShowForm.Field.allCases.compactMap { field in
            noted[field].map { Fault(field: field.rawValue, text: $0) }
        }
        wrong = Faults(
            title: noted[.title],
            summary: noted[.summary],
            date: noted[.date],
            time: noted[.time],
            duration: noted[.duration],
            policy: noted[.policy],
            host: noted[.host],
            people: noted[.people]
        )
        policies = ([.everyone, .off] + HandPolicy.levels.map(HandPolicy.level)).map { policy in
            let label: String
            switch policy {
            case .everyone: label = text(.managePolicyEveryone, [:])
            case .off: label = text(.managePolicyOff, [:])
            case .level(let level): label = text(.managePolicyLevel, ["level": String(level)])
            }
            return Option(value: policy.rawValue, label: label, isChosen: policy.rawValue == form.policy)
        }
        hosts = []
        coHosts = []
        hasSeries = false
        isMovable = true
    }
}
