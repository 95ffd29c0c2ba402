#include "core/fold.h"
