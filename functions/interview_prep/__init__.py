"""A job posting and forum reports become a cited interview guide.

in:  job_posting_url or posting_text, and perhaps exports of saved posts
     posting -> searches -> posts -> comments -> insights -> sections -> PDF
out: a PDF of seven to eight pages; every claim carries its source or says "inferred from the posting"
"""
