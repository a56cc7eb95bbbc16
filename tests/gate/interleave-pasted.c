/* refused 3:interleave_driven */
#define N(a, b) a##b
int N(inter, leave_driven) = 0;
