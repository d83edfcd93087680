"""What a trained model did, as a typed report; then its HTML and text renderings, which compute nothing.

`build.build_report` does all the computing and returns a `model.Report` of plain Python values.
`html.render_html` and `text.render_text` lay one out, and `words` holds the sentences that both share.
"""
