import Pictures
import Tools

/// Looks for the program that paints the cards of levels and badges.
struct CardCheck {
    private static let subject = "rsvg-convert"

    /// Folders in which programs are, parted by colons.
    let path: String

    var finding: Finding {
        do throws(MissingTools) {
            _ = try RSVGTools(path: path)
            return .ok(Self.subject, "paints the cards of new levels and badges")
        } catch {
            return .warning(
                Self.subject,
                "\(error.programs.joined(separator: ", ")) not found: new levels and badges are told without a picture",
                advice: CardPainting.advice(error)
            )
        }
    }
}
