@testable import App
import Testing
