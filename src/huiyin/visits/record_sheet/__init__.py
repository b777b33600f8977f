"""The visit record sheet 《客户回访记录表》: from the facts of a visit to a paper (VIS-30)."""
