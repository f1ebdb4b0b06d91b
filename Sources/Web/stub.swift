import Hummingbird
import Crypto
import Mustache
