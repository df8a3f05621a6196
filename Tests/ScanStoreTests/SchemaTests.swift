import ScanStore
import Testing

@Suite struct SchemaTests {
  private func kind(_ schema: FileSchema) -> ScanStoreError.Kind? {
    do {
      try schema.validate(path: "scan.h5")
      return nil
    } catch let error as ScanStoreError {
      return error.kind
    } catch {
      return nil
    }
  }

  private func isRefused(_ dimensions: [FileSchema.Dimension], _ variables: FileSchema.Variable...) -> Bool {
    kind(FileSchema(dimensions: dimensions, variables: variables)) == .invalidSchema
  }

  @Test func exampleIsValid() {
    #expect(kind(Example.schema) == nil)
  }

  @Test func dimensions() {
    #expect(isRefused([.init("x", size: 0)]))
    #expect(isRefused([.init("x", size: 2), .init("x", size: 2)]))
    #expect(isRefused([.init("x", size: 2)], .init("y", dimensions: ["z"], content: .reserved(.float64))))
    #expect(isRefused([.init("x", size: 2)], .init("y", dimensions: ["x", "x"], content: .reserved(.float64))))
    let large = [FileSchema.Dimension("a", size: 1 << 40), .init("b", size: 1 << 40)]
    #expect(isRefused(large, .init("y", dimensions: ["a", "b"], content: .reserved(.uint8))))
  }

  @Test func variables() {
    let x = FileSchema.Dimension("x", size: 2)
    let y = FileSchema.Dimension("y", size: 3)
    let scalar = FileSchema.Variable("s", content: .reserved(.float64))
    #expect(isRefused([x], scalar, scalar))
    #expect(isRefused([x, y], .init("x", dimensions: ["y"], content: .reserved(.float64))))
    #expect(isRefused([x, y], .init("x", dimensions: ["x", "y"], content: .reserved(.float64))))
    #expect(isRefused([x], .init("x", content: .text("a"))))
    #expect(isRefused([x], .init("t", dimensions: ["x"], content: .text("a"))))
    #expect(isRefused([x], .init("t", content: .texts(["a"]))))
    #expect(isRefused([x], .init("t", dimensions: ["x"], content: .texts(["a"]))))
    #expect(isRefused([x, .init("z", size: 1)], .init("t", dimensions: ["x", "z"], content: .texts(["a", "b"]))))
    #expect(!isRefused([x], .init("x", dimensions: ["x"], content: .texts(["a", ""]))))
    #expect(isRefused([x], .init("v", dimensions: ["x"], content: .values(StoredArray([1.0])))))
    #expect(!isRefused([x], .init("v", dimensions: ["x"], content: .values(StoredArray([1.0, 2])))))
  }

  @Test(arguments: ["", "a/b", "2x", "a b", "µ", "a-b", "a\0"])
  func names(name: String) {
    #expect(isRefused([.init(name, size: 1)]))
    #expect(isRefused([], .init(name, content: .reserved(.float64))))
    #expect(kind(FileSchema(attributes: [name: "text"])) == .invalidSchema)
  }

  @Test(arguments: ["DIMENSION_LIST", "_Netcdf4Dimid", "CLASS"])
  func reservedAttributes(name: String) {
    #expect(kind(FileSchema(attributes: [name: "text"])) == .invalidSchema)
  }

  @Test func emptyAttribute() {
    #expect(kind(FileSchema(attributes: ["a": .numbers([Double]())])) == .invalidSchema)
  }

  @Test func attributesKeepTheirOrder() {
    var attributes: Attributes = ["z": 1, "a": 2.5]
    attributes["m"] = "text"
    attributes["z"] = "changed"
    #expect(attributes.map(\.name) == ["z", "a", "m"])
    #expect(attributes["z"]?.text == "changed")
    #expect(attributes["a"]?.values() == [2.5])
    attributes["a"] = nil
    #expect(attributes.map(\.name) == ["z", "m"])
  }
}
