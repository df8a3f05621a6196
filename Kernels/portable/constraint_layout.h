// Layout of the run-time data of constraints.h, which the host fills. Bounds and reciprocals may be infinite or 0.
#ifndef PORTAL_CONSTRAINT_LAYOUT_H
#define PORTAL_CONSTRAINT_LAYOUT_H

#define PORTAL_CONSTRAINT_BIT 0        // value of the constraint's bit, a power of two
#define PORTAL_CONSTRAINT_MASS_LOW 1   // m_phi from which it holds [GeV]
#define PORTAL_CONSTRAINT_MASS_HIGH 2  // m_phi up to which it holds [GeV]
#define PORTAL_CONSTRAINT_LARGEST 3    // largest value that is not excluded
#define PORTAL_CONSTRAINT_SMALLEST 4   // smallest value that is not excluded
// A measured value:
#define PORTAL_CONSTRAINT_MEAN 5
#define PORTAL_CONSTRAINT_PER_DEVIATION_ABOVE 6  // 1/sigma for values above the mean; 0: no penalty
#define PORTAL_CONSTRAINT_PER_DEVIATION_BELOW 7
// A counting experiment:
#define PORTAL_CONSTRAINT_OBSERVED 5    // n
#define PORTAL_CONSTRAINT_BACKGROUND 6  // b_0
#define PORTAL_CONSTRAINT_VARIANCE 7    // sigma^2 of the background; 0 if it is known
#define PORTAL_CONSTRAINT_BEST 8        // n ln mu - mu - ... at the best signal
#define PORTAL_CONSTRAINT_LENGTH 9

// The bit of the mask that says that some value is not defined; above those of the constraints.
#define PORTAL_CONSTRAINT_NOT_COMPUTED 2147483648.0

#endif
