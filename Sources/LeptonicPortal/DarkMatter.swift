/// What phi decays to invisibly: fermions psi1 psi2bar (arXiv:2202.04410, eq. 11) or complex scalars s1 s2* (eq. 10).
public enum DarkMatter: String, Sendable, Hashable, CaseIterable {
  case fermion, scalar
}
