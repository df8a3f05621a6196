import LeptonicPortal
import Scanning

/// A 3 x 4 x 2 x 5 grid whose m_psi is a ratio to m_phi, straddling the threshold m_phi = 2 m_psi.
struct SmallGrid {
  let mPhi = [0.106, 0.317, 2.0]
  let hMue = [1e-4, 1e-3, 3.3e-3, 0.1]
  let ratio = [1.0 / 3.0, 0.6]
  let g = [0.01, 0.08, 0.3, 1.0, 2.0]
  let model = Model(darkMatter: .fermion)

  var mPsi: [Double] { mPhi.flatMap { mass in ratio.map { mass * $0 } } }

  var space: ParameterSpace {
    let mPsiField = Field(dimensions: [0, 2], values: mPsi)
    return ParameterSpace(
      dimensions: [
        .init(name: "m_phi", size: 3), .init(name: "h_mue", size: 4), .init(name: "m_psi_over_m_phi", size: 2),
        .init(name: "g", size: 5),
      ],
      parameters: [
        Parameters.mPhi: Field(dimensions: [0], values: mPhi),
        Parameters.hMue: Field(dimensions: [1], values: hMue),
        Parameters.mPsi: mPsiField, Parameters.mPsi2: mPsiField,
        Parameters.g(.fermion): Field(dimensions: [3], values: g),
      ])
  }
}
