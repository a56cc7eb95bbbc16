/* refused 2:#embed */
#embed "/etc/passwd"
