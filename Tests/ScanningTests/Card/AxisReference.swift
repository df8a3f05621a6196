/// Correctly rounded axis values, made by ReferenceData/axis_values.py with mpmath and exact fractions.
struct AxisReference: Sendable {
  let from: Double
  let to: Double
  let points: Int
  let index: Int
  let logarithmic: Double
  let linear: Double
}

let axisReferences: [AxisReference] = [
  .init(
    from: 0.11, to: 10.0, points: 200, index: 1, logarithmic: 0.11252134971555604,
    linear: 0.15969849246231155),
  .init(
    from: 0.11, to: 10.0, points: 200, index: 2, logarithmic: 0.11510049219827694,
    linear: 0.2093969849246231),
  .init(
    from: 0.11, to: 10.0, points: 200, index: 66, logarithmic: 0.49088644599182557,
    linear: 3.390100502512563),
  .init(
    from: 0.11, to: 10.0, points: 200, index: 99, logarithmic: 1.03699155274292,
    linear: 5.030150753768845),
  .init(
    from: 0.11, to: 10.0, points: 200, index: 198, logarithmic: 9.775922549637933,
    linear: 9.950301507537688),
  .init(
    from: 1e-05, to: 0.1, points: 100, index: 1, logarithmic: 1.0974987654930563e-05,
    linear: 0.00102),
  .init(
    from: 1e-05, to: 0.1, points: 100, index: 2, logarithmic: 1.2045035402587822e-05,
    linear: 0.00203),
  .init(
    from: 1e-05, to: 0.1, points: 100, index: 33, logarithmic: 0.0002154434690031884,
    linear: 0.03334),
  .init(
    from: 1e-05, to: 0.1, points: 100, index: 49, logarithmic: 0.000954548456661834,
    linear: 0.0495),
  .init(
    from: 1e-05, to: 0.1, points: 100, index: 98, logarithmic: 0.09111627561154893,
    linear: 0.09899000000000001),
  .init(
    from: 0.105658375500001, to: 1000.0, points: 7, index: 1, logarithmic: 0.4859444289733341,
    linear: 166.75471531291666),
  .init(
    from: 0.105658375500001, to: 1000.0, points: 7, index: 2, logarithmic: 2.2349575879123518,
    linear: 333.40377225033336),
  .init(
    from: 0.105658375500001, to: 1000.0, points: 7, index: 3, logarithmic: 10.279025999578025,
    linear: 500.05282918775),
  .init(
    from: 0.105658375500001, to: 1000.0, points: 7, index: 5, logarithmic: 217.4289264375926,
    linear: 833.3509430625834),
  .init(
    from: 1e-60, to: 1e+60, points: 1000003, index: 1, logarithmic: 1.0002763478355697e-60,
    linear: 9.99998000004e+53),
  .init(
    from: 1e-60, to: 1e+60, points: 1000003, index: 2, logarithmic: 1.0005527720392658e-60,
    linear: 1.999996000008e+54),
  .init(
    from: 1e-60, to: 1e+60, points: 1000003, index: 333334, logarithmic: 1e-20,
    linear: 3.333333333333333e+59),
  .init(
    from: 1e-60, to: 1e+60, points: 1000003, index: 500001, logarithmic: 1.0,
    linear: 5e+59),
  .init(
    from: 1e-60, to: 1e+60, points: 1000003, index: 1000001, logarithmic: 9.99723728511458e+59,
    linear: 9.99999000002e+59),
  .init(
    from: 1.0, to: 1.001, points: 17, index: 1, logarithmic: 1.000062470722032,
    linear: 1.0000625),
  .init(
    from: 1.0, to: 1.001, points: 17, index: 2, logarithmic: 1.0001249453466552,
    linear: 1.000125),
  .init(
    from: 1.0, to: 1.001, points: 17, index: 5, logarithmic: 1.0003123926385091,
    linear: 1.0003125),
  .init(
    from: 1.0, to: 1.001, points: 17, index: 8, logarithmic: 1.000499875062461,
    linear: 1.0005),
  .init(
    from: 1.0, to: 1.001, points: 17, index: 15, logarithmic: 1.0009374707134955,
    linear: 1.0009374999999998),
]
