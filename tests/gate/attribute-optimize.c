/* refused 2:optimize */
__attribute__((optimize("O3"))) int fast(int x) { return x + 1; }
