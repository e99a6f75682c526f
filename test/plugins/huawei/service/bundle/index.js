exports.handler = async (event, _context) => event;
