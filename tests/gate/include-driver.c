/* refused 2:drive.h */
#include "drive.h"
