import Domain
import Foundation
import Testing

@testable import Web

/// Tables as spreadsheets and programs get them.
struct FigureCSVTests {
    private func csv(_ title: String) -> String {
        FigureCSV.text(FigureTable(.shows, [.title, .joined], [FigureRow([.text(title), .count(3)], id: "a1")]))
    }

    @Test func `a table has a line of names and one for each row, ended as RFC 4180 wants`() {
        let day = ClubDay(Date(timeIntervalSince1970: 0), in: .gmt)
        let table = FigureTable(
            .days,
            [.day, .live, .share, .average, .started, .told, .kind],
            [
                FigureRow([
                    .day(day), .length(.milliseconds(90_500)), .share(1.0 / 3), .decimal(2.5),
                    .moment(Date(timeIntervalSince1970: 1)), .unknown, .word(.kind(.showStarts)),
                ])
            ]
        )
        let row = "1970-01-01,90.5,0.3333,2.5,1970-01-01T00:00:01Z,,show_starts\r\n"
        #expect(FigureCSV.text(table) == "day,live,share,average,started,told,kind\r\n" + row)
    }

    @Test func `what leads to a report has its id`() {
        #expect(csv("Ночь") == "id,title,joined\r\na1,Ночь,3\r\n")
    }

    @Test func `commas, quotes and line breaks stay in their field`() {
        #expect(csv("a, \"b\"\nc").hasSuffix("a1,\"a, \"\"b\"\"\nc\",3\r\n"))
        #expect(csv("a\"\u{301}").hasSuffix("a1,\"a\"\"\u{301}\",3\r\n"))
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=\u{301}1"])
    func `words never begin a formula`(title: String) {
        let fields = csv(title).split(separator: "\r\n")[1]
        #expect(fields.contains("a1,'") || fields.contains("a1,\"'"))
    }
}
