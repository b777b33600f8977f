"""What WeCom, DingTalk and Feishu have in common: one small sender over HTTP."""
