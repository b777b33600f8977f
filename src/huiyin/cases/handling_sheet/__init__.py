"""The handling sheet 《工单处理单》 of one case: a page to print, PDF, Word and Excel."""
